//! Every id is a v7 UUID in a type of its own: a unit's id can never be taken for a request's.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(transparent))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

ids! {
    /// One residential estate or office building.
    EstateId,
    /// A building of an estate.
    BuildingId,
    /// A place that belongs to everybody.
    AreaId,
    /// A flat, shop or office suite.
    UnitId,
    /// A department of an estate's office.
    DepartmentId,
    /// A sign-in.
    AccountId,
    /// A person or organisation that an estate knows.
    PartyId,
    /// A party in a unit, from one day to another.
    OccupancyId,
    /// An account's membership in an estate's office.
    StaffId,
    /// A signed-in browser.
    SessionId,
    /// An invitation to a resident.
    InvitationId,
    /// A key by which another program comes in.
    ApiKeyId,
    /// A lobby screen that staff let in.
    ScreenId,
    /// A node of the catalogue tree.
    ItemId,
    /// A service request.
    RequestId,
    /// Like reports that are handled as one.
    IncidentId,
    /// A work order.
    OrderId,
    /// A request that ended, and whose resident is asked again.
    FollowUpId,
    /// What somebody was told.
    MessageId,
    /// A time in which somebody may come.
    WindowId,
    /// By which an order recurs.
    ScheduleId,
    /// A firm that repairs for an estate.
    VendorId,
    /// A line of an order: a material, or somebody's time.
    LineId,
    /// A client's signature.
    SignatureId,
    /// A time that a resident was told.
    PromiseId,
    /// What can be booked.
    FacilityId,
    /// One of a facility's units that can be told apart.
    FacilityUnitId,
    /// Bookings that were made together.
    SeriesId,
    /// A while in which a facility is closed.
    ClosureId,
    /// Somebody's time in a facility.
    BookingId,
    /// Somebody's place in line for a time that others have.
    WaitingId,
    /// By which peak times are given away by lot.
    DrawId,
    /// A household's part in a draw.
    LotId,
    /// Something ordered of the catalogue.
    ServiceOrderId,
    /// What the office wrote about one.
    ServiceNoteId,
    /// A registered letter or a parcel at the desk.
    MailItemId,
    /// Somebody who rings the desk from a lobby.
    RingId,
    /// A line of the visitor book.
    VisitId,
    /// What somebody counted of a day's mail.
    MailCountId,
    /// Letters of the office to owners.
    LetterBatchId,
    /// What somebody read of a pool's water.
    WaterReadingId,
    /// Something that an estate does for its people.
    ActivityId,
    /// What is done for the safety of one.
    MeasureId,
    /// A household's part in one.
    ParticipationId,
    /// A public notice.
    NoticeId,
    /// A call, a visit, a letter.
    ContactId,
    /// A contact offered to somebody else.
    TransferId,
    /// Somebody to be called back.
    CallbackId,
    /// What an outsider asked for.
    LookupId,
    /// Where somebody of the office fell short.
    LapseId,
    /// A photo, wherever it hangs.
    PhotoId,
    /// What was typed into a form that was refused.
    DraftId,
    /// A view of the queue that somebody keeps.
    ViewId,
    /// What a form carries so that sending it twice has one effect.
    Key,
}
