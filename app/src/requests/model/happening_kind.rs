use super::Happening;

impl Happening {
    /// The value of the record's `kind`.
    pub fn tag(&self) -> &'static str {
        match self {
            Happening::Received { .. } => "received",
            Happening::Triaged { .. } => "triaged",
            Happening::Promised { .. } => "promised",
            Happening::PromiseLapsed { .. } => "promise_lapsed",
            Happening::ClockMissed { .. } => "clock_missed",
            Happening::Dispatched { .. } => "dispatched",
            Happening::OrderAccepted { .. } => "order_accepted",
            Happening::OrderRefused { .. } => "order_refused",
            Happening::SetOut { .. } => "set_out",
            Happening::Arrived { .. } => "arrived",
            Happening::Paused { .. } => "paused",
            Happening::Resumed { .. } => "resumed",
            Happening::ConfirmedOnSite { .. } => "confirmed_on_site",
            Happening::MaterialUsed { .. } => "material_used",
            Happening::MaterialChecked { .. } => "material_checked",
            Happening::TimeSpent { .. } => "time_spent",
            Happening::LineStruck { .. } => "line_struck",
            Happening::WindowOffered { .. } => "window_offered",
            Happening::WindowWithdrawn { .. } => "window_withdrawn",
            Happening::Appointed { .. } => "appointed",
            Happening::Orphaned { .. } => "orphaned",
            Happening::OrphanContacted { .. } => "orphan_contacted",
            Happening::OrphanMissed { .. } => "orphan_missed",
            Happening::AssessmentAsked { .. } => "assessment_asked",
            Happening::Assessed { .. } => "assessed",
            Happening::Completed { .. } => "completed",
            Happening::Verified { .. } => "verified",
            Happening::SentBack { .. } => "sent_back",
            Happening::OrderCancelled { .. } => "order_cancelled",
            Happening::Waiting { .. } => "waiting",
            Happening::WentOn => "went_on",
            Happening::Followed { .. } => "followed",
            Happening::Done => "done",
            Happening::BackAtDesk => "back_at_desk",
            Happening::IncidentProposed { .. } => "incident_proposed",
            Happening::IncidentDismissed { .. } => "incident_dismissed",
            Happening::Linked { .. } => "linked",
            Happening::Unlinked { .. } => "unlinked",
            Happening::IncidentClosed { .. } => "incident_closed",
            Happening::Shared { .. } => "shared",
            Happening::Echoed { .. } => "echoed",
            Happening::ContactAttempted { .. } => "contact_attempted",
            Happening::Unconfirmed { .. } => "unconfirmed",
            Happening::Confirmed => "confirmed",
            Happening::Disputed { .. } => "disputed",
            Happening::Reopened => "reopened",
            Happening::Rated { .. } => "rated",
            Happening::FollowedUp(_) => "followed_up",
            Happening::Archived => "archived",
            Happening::Declined { .. } => "declined",
            Happening::Cancelled { .. } => "cancelled",
            Happening::MarkedDuplicate { .. } => "marked_duplicate",
            Happening::TakenOver => "taken_over",
            Happening::Commented { .. } => "commented",
            Happening::Noted { .. } => "noted",
        }
    }

    /// Whether the resident's screens look again: after everything but a word among staff, a clock of theirs and an
    /// answer that they wrote down, since who holds a matter and what it waits for may change with what only the office
    /// reads.
    pub fn is_heard_at_home(&self) -> bool {
        !matches!(self, Happening::Noted { .. } | Happening::ClockMissed { .. } | Happening::FollowedUp(_))
    }

    /// Whether the resident's timeline shows it: their own moves, what they were told, what was done for them,
    /// and where their matter stands. How the office arranges itself stays with the office.
    pub fn is_public(&self) -> bool {
        !matches!(
            self,
            Happening::Noted { .. }
                | Happening::ClockMissed { .. }
                | Happening::FollowedUp(_)
                | Happening::TakenOver
                | Happening::OrderRefused { .. }
                | Happening::OrderCancelled { .. }
                | Happening::SentBack { .. }
                | Happening::MaterialUsed { .. }
                | Happening::TimeSpent { .. }
                | Happening::LineStruck { .. }
                | Happening::AssessmentAsked { .. }
                | Happening::Orphaned { .. }
                | Happening::OrphanContacted { .. }
                | Happening::OrphanMissed { .. }
                | Happening::Verified { .. }
                | Happening::Followed { .. }
                | Happening::IncidentProposed { .. }
                | Happening::IncidentDismissed { .. }
                | Happening::IncidentClosed { .. }
        )
    }
}
