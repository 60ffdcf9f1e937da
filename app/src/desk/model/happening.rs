use super::TransferTo;
use crate::ids::StaffId;
use crate::moment::Moment;
use crate::services::Urgency;
use serde::{Deserialize, Serialize};

/// What happened to a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DeskHappening {
    /// It was registered.
    Registered,
    /// It was offered to somebody else.
    Offered {
        /// To whom.
        to: TransferTo,
    },
    /// Somebody accepted it, and holds it now.
    Accepted {
        /// Who held it before.
        from: StaffId,
    },
    /// It had come by itself, and somebody of the desk took it in hand.
    Claimed,
    /// Somebody would not have it.
    TransferRefused {
        /// Why.
        reason: String,
    },
    /// It is no longer offered: its holder took it back, or it fell by itself.
    TransferWithdrawn,
    /// The request that it became has another holder.
    FollowedRequest,
    /// The request that it became is more pressing than it seemed.
    Raised {
        /// How pressing.
        urgency: Urgency,
    },
    /// It was answered.
    Answered,
    /// A reply was promised.
    ReplyPromised {
        /// By when.
        #[serde(deserialize_with = "crate::moment::read")]
        reply_by: Moment,
        /// Why it moved, where it did.
        reason: Option<String>,
    },
    /// The request that it became is on its way: the wall stopped.
    WallStopped,
    /// Three minutes passed.
    WallBreached {
        /// Who held it then.
        holder: StaffId,
    },
    /// The promised time passed without a word.
    ReplyMissed,
    /// Nobody answered it on its day (B7).
    LeftUnanswered,
    /// A call-back is to be made.
    CallbackTaken,
    /// It was made.
    CallbackDone,
    /// Its time passed.
    CallbackMissed,
    /// An outsider asked for a room number.
    LookedUp {
        /// How many were found.
        found: u32,
    },
}

impl DeskHappening {
    /// The value of the record's `kind`.
    pub fn tag(&self) -> &'static str {
        match self {
            DeskHappening::Registered => "registered",
            DeskHappening::Offered { .. } => "offered",
            DeskHappening::Accepted { .. } => "accepted",
            DeskHappening::Claimed => "claimed",
            DeskHappening::TransferRefused { .. } => "transfer_refused",
            DeskHappening::TransferWithdrawn => "transfer_withdrawn",
            DeskHappening::FollowedRequest => "followed_request",
            DeskHappening::Raised { .. } => "raised",
            DeskHappening::Answered => "answered",
            DeskHappening::ReplyPromised { .. } => "reply_promised",
            DeskHappening::WallStopped => "wall_stopped",
            DeskHappening::WallBreached { .. } => "wall_breached",
            DeskHappening::ReplyMissed => "reply_missed",
            DeskHappening::LeftUnanswered => "left_unanswered",
            DeskHappening::CallbackTaken => "callback_taken",
            DeskHappening::CallbackDone => "callback_done",
            DeskHappening::CallbackMissed => "callback_missed",
            DeskHappening::LookedUp { .. } => "looked_up",
        }
    }
}

/// What somebody of the office is told of a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum News {
    /// Something pressing came in.
    Pressing,
    /// It is offered to them.
    Offered,
    /// Who was asked has taken it.
    Accepted,
    /// Who was asked would not have it.
    Refused {
        /// Why.
        reason: String,
    },
    /// Whoever was asked left the office without an answer.
    Left,
    /// Three minutes passed, and nobody is on the way.
    Breached,
    /// A promised reply is overdue.
    ReplyMissed,
    /// Its day is over, and nobody has answered.
    Unanswered,
    /// Somebody is to be called back now.
    CallbackDue,
}

impl News {
    /// Whether it cannot wait.
    pub fn is_urgent(&self) -> bool {
        matches!(self, News::Pressing | News::Breached)
    }
}
