use serde::{Deserialize, Serialize};

/// Rules that said no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// The matter is not in a stage from which this move is legal.
    AlreadyMoved,
    /// Nobody in that department can answer for a team's order.
    NoSupervisor,
    /// That person does not work there.
    NotOnTheTeam,
    /// A duplicate must point to another request that still stands.
    NotADuplicateOf,
    /// The resident's time to object has passed.
    TooLate,
    /// It was rated already.
    AlreadyRated,
    /// A role can only be granted by somebody above it.
    RoleAboveOwn,
    /// The invitation was redeemed or withdrawn.
    InvitationUsed,
    /// The person does not live or work in that unit.
    NotAnOccupant,
    /// Their time in the unit has ended.
    HasLeft,
    /// Whoever works here does something.
    LastRole,
    /// It was not confirmed on site what is to be done.
    NotConfirmedOnSite,
    /// A supervisor assesses it first.
    NotAssessed,
    /// Only what belongs to everybody recurs.
    NotCommon,
    /// It is the appointment, which is moved first.
    IsAppointment,
    /// They answer for what comes in, or nobody could take over what they hold.
    StillAnswers,
    /// The account neither lives nor works anywhere here.
    NoPlace,
    /// Too few days of attempts to reach the resident.
    TooFewAttempts,
    /// Whoever had a hand in a matter does not ask how it went.
    HadAHand,
    /// Too few tries to reach whoever is asked again.
    TooFewTries,
    /// An incident on whose lead something is still owed.
    StillAtWork,
    /// A calendar without a working hour.
    NeverOpen,
    /// A clock without a general rule.
    ClockMissing,
    /// The next policy would say what the last one says.
    NothingDrafted,
    /// What was held for somebody is not held any more.
    HoldOver,
    /// It begins too soon to be given back.
    TooLateToCancel,
    /// The household missed as many bookings lately as it may.
    TooManyMissed,
    /// It has not begun yet, or those who wait have not waited long enough.
    TooEarly,
    /// It has begun, or is over.
    HasBegun,
    /// Whoever books this is shown around first.
    NotInducted,
    /// Somebody has booked it then.
    IsBooked,
    /// Nobody has it: it need not be waited for.
    IsFree,
    /// The household waits for it already.
    AlreadyWaiting,
    /// They wait for as much as anybody may.
    WaitsEnough,
    /// It is given away by lot, and nobody books it until that is drawn.
    IsDrawn,
    /// The draw has not opened yet, or takes no lots any more.
    DrawShut,
    /// The charge notice is signed first.
    NotSigned,
    /// The price of an order held until a while ago.
    PriceOver,
    /// What was booked for an order is not booked any more.
    PartGone,
    /// Whoever ordered it does not live or work there any more.
    MovedOut,
    /// It is booked or signed up for, not ordered.
    NotOrdered,
    /// It was booked as a part of an order, and goes with that.
    IsPart,
    /// Nothing was planned for the safety of an activity.
    NoMeasures,
    /// Something that was planned for the safety of an activity is not done yet.
    MeasuresOpen,
    /// The place is closed then, or another activity has it.
    IsShut,
    /// An activity has the place then.
    HasActivity,
    /// Nobody signs up yet, or any more.
    SignUpShut,
    /// The household has signed up already.
    HasSignedUp,
    /// What it says no longer applies by then.
    IsOver,
}
