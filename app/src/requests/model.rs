use crate::estate::{DepartmentRef, Names, UnitRef};
use crate::fault::{Fault, Note, Notes};
use crate::ids::{
    AccountId, AreaId, DepartmentId, EstateId, ItemId, OrderId, PartyId, PhotoId, RequestId, StaffId, UnitId,
};
use crate::moment::{Moment, Wall};
use crate::people::{Colleague, Resident};
use crate::services::Urgency;
use crate::texts::Lang;
use crate::work::{Order, OrderCard, Proof};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The state of a service request, with what is true only in it (domain.md, *States*).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Reported; nobody has looked at it.
    Received,
    /// Somebody answers for it.
    Triaged,
    /// An order is out.
    Dispatched,
    /// Somebody is on site.
    InProgress,
    /// It cannot go on until something else happens.
    Waiting {
        /// What it waits for.
        on: WaitingOn,
        /// Where it goes on from.
        from: WaitingFrom,
    },
    /// All orders are verified; the resident has the word.
    Done,
    /// The resident agrees.
    Confirmed,
    /// The resident could not be asked.
    Unconfirmed,
    /// The resident says: not fixed.
    Disputed,
    /// On its way back to triage.
    Reopened,
    /// Filed, with the head's approval.
    Archived,
    /// Not ours to do; the reason was told.
    Declined {
        /// In plain words.
        reason: String,
    },
    /// Withdrawn by the resident.
    Cancelled,
    /// The same matter as another request, which goes on.
    Duplicate {
        /// That request.
        of: RequestId,
    },
}

/// What a waiting matter waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitingOn {
    /// 等待住户
    Resident,
    /// 等待配件
    Parts,
    /// 等待第三方
    ThirdParty,
    /// 等待天气
    Weather,
}

impl WaitingOn {
    /// All, in the order in which they are offered.
    pub const ALL: [WaitingOn; 4] = [WaitingOn::Resident, WaitingOn::Parts, WaitingOn::ThirdParty, WaitingOn::Weather];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            WaitingOn::Resident => "resident",
            WaitingOn::Parts => "parts",
            WaitingOn::ThirdParty => "third_party",
            WaitingOn::Weather => "weather",
        }
    }

    /// The value of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|on| on.tag() == tag)
    }
}

/// The stage to which a waiting request returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitingFrom {
    /// It waits at the desk.
    Triaged,
    /// It waits at the place.
    InProgress,
}

/// The way by which a matter came in (B15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// 电话
    Phone,
    /// 来访
    WalkIn,
    /// 来函
    Letter,
    /// 网上
    Web,
    /// 大堂屏
    Kiosk,
    /// 邮件
    Email,
}

impl Channel {
    const ALL: [Channel; 6] =
        [Channel::Phone, Channel::WalkIn, Channel::Letter, Channel::Web, Channel::Kiosk, Channel::Email];

    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Channel::Phone => "phone",
            Channel::WalkIn => "walk_in",
            Channel::Letter => "letter",
            Channel::Web => "web",
            Channel::Kiosk => "kiosk",
            Channel::Email => "email",
        }
    }

    /// The channel of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.tag() == tag)
    }
}

/// Where the problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// In somebody's unit.
    Home(UnitId),
    /// In a common area, on a floor where that says more.
    Common {
        /// The area.
        area: AreaId,
        /// The storey.
        floor: Option<i32>,
    },
}

impl Place {
    /// The unit, if it is one.
    pub fn unit(self) -> Option<UnitId> {
        match self {
            Place::Home(unit) => Some(unit),
            Place::Common { .. } => None,
        }
    }
}

/// What a promise promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseKind {
    /// An answer.
    Answer,
    /// Somebody comes.
    Visit,
    /// It works again.
    Finish,
}

impl PromiseKind {
    /// All, in the order of a matter's life.
    pub const ALL: [PromiseKind; 3] = [PromiseKind::Answer, PromiseKind::Visit, PromiseKind::Finish];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            PromiseKind::Answer => "answer",
            PromiseKind::Visit => "visit",
            PromiseKind::Finish => "finish",
        }
    }

    /// The kind of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.tag() == tag)
    }
}

/// A time that the resident was told and that still holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// What.
    pub kind: PromiseKind,
    /// By when.
    pub due_at: Moment,
}

/// A service request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The request.
    pub id: RequestId,
    /// Its estate.
    pub estate: EstateId,
    /// For people: `LY-00042-K`.
    pub code: String,
    /// Counts the moves; a move names the version that it saw.
    pub version: i32,
    /// Where it stands.
    pub stage: Stage,
    /// Since when.
    pub stage_at: Moment,
    /// What kind of problem.
    pub item: ItemId,
    /// How pressing.
    pub urgency: Urgency,
    /// How it came in.
    pub channel: Channel,
    /// Where the problem is.
    pub place: Place,
    /// The reporter's words.
    pub words: String,
    /// The language that they are in.
    pub lang: Lang,
    /// Who reported it, if they have an account.
    pub reporter: Option<AccountId>,
    /// For which party.
    pub party: Option<PartyId>,
    /// Who looks after it.
    pub department: DepartmentId,
    /// Exactly one person while it is open.
    pub accountable: Option<StaffId>,
    /// What the resident was told last; open matters always have one.
    pub promise: Option<Promise>,
    /// When it came in.
    pub received_at: Moment,
    /// How often it came back.
    pub reopened_times: i32,
    /// When it last did: orders from before belong to its earlier life.
    pub reopened_at: Option<Moment>,
}

/// The version of a matter that a form showed.
pub type Version = i32;

/// Something that happened to a request; the timeline's entries and the record's details.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Happening {
    /// It came in.
    Received,
    /// Somebody answers for it.
    Triaged {
        /// How pressing it is now.
        urgency: Urgency,
    },
    /// A time was told, perhaps instead of another.
    Promised {
        /// What.
        promise: Promise,
        /// The time that it replaces.
        instead_of: Option<Moment>,
        /// Why it moved.
        reason: Option<String>,
    },
    /// An order went out.
    Dispatched {
        /// The order.
        order: OrderId,
        /// To which department.
        department: DepartmentId,
        /// To whom; none for the team.
        assignee: Option<StaffId>,
    },
    /// Somebody took the order (C5).
    OrderAccepted {
        /// The order.
        order: OrderId,
    },
    /// Somebody gave the order back.
    OrderRefused {
        /// The order.
        order: OrderId,
        /// Why.
        reason: String,
    },
    /// On the way.
    SetOut {
        /// The order.
        order: OrderId,
    },
    /// On site.
    Arrived {
        /// The order.
        order: OrderId,
    },
    /// The work rests.
    Paused {
        /// The order.
        order: OrderId,
        /// What it waits for.
        on: WaitingOn,
    },
    /// The work goes on.
    Resumed {
        /// The order.
        order: OrderId,
    },
    /// The work is done, says who did it.
    Completed {
        /// The order.
        order: OrderId,
        /// What was done.
        note: String,
    },
    /// The work is proved.
    Verified {
        /// The order.
        order: OrderId,
        /// By what.
        proof: Proof,
    },
    /// The work must be done again.
    SentBack {
        /// The order.
        order: OrderId,
        /// Why.
        reason: String,
    },
    /// The order was taken back.
    OrderCancelled {
        /// The order.
        order: OrderId,
        /// Why.
        reason: String,
    },
    /// It rests at the desk.
    Waiting {
        /// What for.
        on: WaitingOn,
    },
    /// It goes on at the desk.
    WentOn,
    /// It followed its orders into another stage.
    Followed {
        /// The stage's tag.
        stage: String,
    },
    /// All orders are verified.
    Done,
    /// No order is left; it is back at the desk.
    BackAtDesk,
    /// The resident agrees.
    Confirmed,
    /// The resident does not.
    Disputed {
        /// What is still wrong.
        words: String,
    },
    /// It goes through triage again.
    Reopened,
    /// The resident rated it.
    Rated {
        /// The four axes.
        rating: Rating,
    },
    /// The head approved its filing.
    Archived,
    /// Not ours to do.
    Declined {
        /// Why.
        reason: String,
    },
    /// Withdrawn by the resident.
    Cancelled {
        /// Why, if they said.
        reason: Option<String>,
    },
    /// It is the same matter as another.
    MarkedDuplicate {
        /// The other's code.
        code: String,
    },
    /// A word between resident and staff.
    Commented {
        /// In their words.
        words: String,
    },
    /// A word among staff; never reaches the resident.
    Noted {
        /// In their words.
        words: String,
    },
}

impl Happening {
    /// The value of the record's `kind`.
    pub fn tag(&self) -> &'static str {
        match self {
            Happening::Received => "received",
            Happening::Triaged { .. } => "triaged",
            Happening::Promised { .. } => "promised",
            Happening::Dispatched { .. } => "dispatched",
            Happening::OrderAccepted { .. } => "order_accepted",
            Happening::OrderRefused { .. } => "order_refused",
            Happening::SetOut { .. } => "set_out",
            Happening::Arrived { .. } => "arrived",
            Happening::Paused { .. } => "paused",
            Happening::Resumed { .. } => "resumed",
            Happening::Completed { .. } => "completed",
            Happening::Verified { .. } => "verified",
            Happening::SentBack { .. } => "sent_back",
            Happening::OrderCancelled { .. } => "order_cancelled",
            Happening::Waiting { .. } => "waiting",
            Happening::WentOn => "went_on",
            Happening::Followed { .. } => "followed",
            Happening::Done => "done",
            Happening::BackAtDesk => "back_at_desk",
            Happening::Confirmed => "confirmed",
            Happening::Disputed { .. } => "disputed",
            Happening::Reopened => "reopened",
            Happening::Rated { .. } => "rated",
            Happening::Archived => "archived",
            Happening::Declined { .. } => "declined",
            Happening::Cancelled { .. } => "cancelled",
            Happening::MarkedDuplicate { .. } => "marked_duplicate",
            Happening::Commented { .. } => "commented",
            Happening::Noted { .. } => "noted",
        }
    }

    /// Whether the resident's timeline shows it: their own moves, what they were told, and what was done
    /// for them. How the office arranges itself stays with the office.
    pub fn is_public(&self) -> bool {
        !matches!(
            self,
            Happening::Noted { .. }
                | Happening::OrderRefused { .. }
                | Happening::OrderCancelled { .. }
                | Happening::SentBack { .. }
                | Happening::Verified { .. }
                | Happening::Followed { .. }
                | Happening::BackAtDesk
                | Happening::Archived
        )
    }
}

/// Satisfaction on the four axes of A16, 1 to 5 each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// 服务态度
    pub attitude: i32,
    /// 服务行为
    pub conduct: i32,
    /// 服务效率
    pub speed: i32,
    /// 服务效果
    pub result: i32,
}

impl Rating {
    /// Refuses what is not 1 to 5, naming the axis.
    pub fn parse(self) -> Result<Self, Fault> {
        let mut notes = Notes::default();
        for (field, value) in
            [("attitude", self.attitude), ("conduct", self.conduct), ("speed", self.speed), ("result", self.result)]
        {
            if !(1..=5).contains(&value) {
                notes.add(field, Note::NotAChoice);
            }
        }
        notes.check().map(|()| self)
    }
}

/// A part of a day in which somebody may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayPart {
    /// 上午
    Morning,
    /// 下午
    Afternoon,
    /// 晚上
    Evening,
}

impl DayPart {
    /// All, in order.
    pub const ALL: [DayPart; 3] = [DayPart::Morning, DayPart::Afternoon, DayPart::Evening];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            DayPart::Morning => "morning",
            DayPart::Afternoon => "afternoon",
            DayPart::Evening => "evening",
        }
    }

    /// The part of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.tag() == tag)
    }
}

/// A time at which the resident would like somebody to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreferredTime {
    /// The day on the estate's calendar.
    pub on: NaiveDate,
    /// The part of it.
    pub part: DayPart,
}

impl PreferredTime {
    /// `2026-11-23.morning`, as forms carry it.
    pub fn tag(self) -> String {
        format!("{}.{}", self.on, self.part.tag())
    }

    fn from_tag(tag: &str) -> Option<Self> {
        let (on, part) = tag.split_once('.')?;
        Some(Self { on: on.parse().ok()?, part: DayPart::from_tag(part)? })
    }
}

/// The most photos of one report, and of one comment or completion.
pub const MOST_PHOTOS: usize = 6;
/// The longest text of a report, a comment or a note, in characters.
pub const LONGEST_WORDS: u32 = 2000;
/// The longest reason, in characters.
pub const LONGEST_REASON: u32 = 500;
/// How many preferred times a report may name.
pub const MOST_TIMES: usize = 9;

/// A report as its form states it, checked as far as can be done without the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What kind of problem.
    pub item: ItemId,
    /// Where.
    pub place: Place,
    /// In the resident's words.
    pub words: String,
    /// Photos sent before, or with the form.
    pub photos: Vec<PhotoId>,
    /// When somebody may come.
    pub times: Vec<PreferredTime>,
}

impl Report {
    /// Reads the form's fields. `place` is `unit:<id>` or `area:<id>`.
    pub fn parse(
        item: &str,
        place: &str,
        floor: Option<&str>,
        words: &str,
        photos: &[String],
        times: &[String],
    ) -> Result<Self, Fault> {
        let mut notes = Notes::default();
        let item = item.parse::<ItemId>();
        if item.is_err() {
            notes.add("item", Note::NotAChoice);
        }
        let floor = floor.map(str::trim).filter(|floor| !floor.is_empty());
        let storey = floor.and_then(|floor| floor.parse::<i32>().ok()).filter(|floor| (-9..=200).contains(floor));
        if floor.is_some() && storey.is_none() {
            notes.add("floor", Note::Malformed);
        }
        let place = match place.split_once(':') {
            Some(("unit", id)) => id.parse().ok().map(Place::Home),
            Some(("area", id)) => id.parse().ok().map(|area| Place::Common { area, floor: storey }),
            _ => None,
        };
        if place.is_none() {
            notes.add("place", Note::NotAChoice);
        }
        let words = notes.text("words", words, LONGEST_WORDS);
        let photos = parse_photos(&mut notes, photos);
        let parsed: Vec<_> = times.iter().filter_map(|time| PreferredTime::from_tag(time)).collect();
        if parsed.len() != times.len() {
            notes.add("times", Note::NotAChoice);
        } else if parsed.len() > MOST_TIMES {
            notes.add("times", Note::TooMany(9));
        }
        notes.check()?;
        match (item, place) {
            (Ok(item), Some(place)) => Ok(Self { item, place, words, photos, times: parsed }),
            _ => Err(Fault::field("item", Note::NotAChoice)),
        }
    }
}

/// The ids of a form's photos.
pub fn parse_photos(notes: &mut Notes, photos: &[String]) -> Vec<PhotoId> {
    let parsed: Vec<_> = photos.iter().filter_map(|id| id.parse().ok()).collect();
    if parsed.len() != photos.len() {
        notes.add("photos", Note::NotYourPhoto);
    } else if parsed.len() > MOST_PHOTOS {
        notes.add("photos", Note::TooMany(6));
    }
    parsed
}

/// Who holds a matter now, as far as the reader may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The department.
    pub department: DepartmentRef,
    /// The person: in full for staff, by first name for residents.
    pub person: Option<String>,
}

/// What happens next, who holds it, and by when: the product's one sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseLine {
    /// Where the matter stands.
    pub stage: Stage,
    /// Who holds it now.
    pub holder: Holder,
    /// What was promised, and by when.
    pub promise: Option<Promise>,
    /// When that was told: the clock runs from there.
    pub made_at: Option<Moment>,
    /// The time that the promise replaced, and why.
    pub moved: Option<(Moment, Option<String>)>,
}

/// Where a matter is, as it is named to people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlaceName {
    /// A unit.
    Home(UnitRef),
    /// A common area.
    Common {
        /// The building; none for the grounds.
        building: Option<Names>,
        /// The area.
        area: Names,
        /// The storey.
        floor: Option<i32>,
    },
}

/// A matter on a resident's home page or in the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The request.
    pub id: RequestId,
    /// For people and addresses.
    pub code: String,
    /// What kind of problem.
    pub item: Names,
    /// Its symbol.
    pub icon: String,
    /// Where.
    pub place: PlaceName,
    /// The first words.
    pub words: String,
    /// How pressing.
    pub urgency: Urgency,
    /// What happens next.
    pub line: PromiseLine,
    /// When it came in.
    pub received_at: Moment,
}

/// One line of a timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    pub at: Moment,
    /// Who did it.
    pub by: By,
    /// What happened.
    pub happening: Happening,
    /// Whether the resident sees it too.
    pub is_public: bool,
    /// Photos that came with it.
    pub photos: Vec<PhotoId>,
}

/// Who did something, as the reader may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum By {
    /// The reader.
    You,
    /// The resident who reported it, or one of the same home.
    Resident(Option<String>),
    /// Somebody of the office: a department, and a name as far as the reader may know it.
    Staff {
        /// Their department.
        department: Names,
        /// Full for staff, first name for residents.
        name: String,
    },
    /// Nobody: the product itself.
    Clockwork,
}

/// All that a resident sees of one matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Track {
    /// The matter in short.
    pub card: Card,
    /// The version that this page shows.
    pub version: Version,
    /// The full words.
    pub words: String,
    /// Photos of the report.
    pub photos: Vec<PhotoId>,
    /// When somebody may come.
    pub times: Vec<PreferredTime>,
    /// Everything public that happened.
    pub timeline: Vec<Entry>,
    /// How it was rated.
    pub rating: Option<Rating>,
    /// What the reader may do now.
    pub moves: Vec<ResidentMove>,
    /// The estate, for photos and phones.
    pub estate: EstateId,
    /// The clock to show times by.
    pub wall: Wall,
}

/// What a resident may do with a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ResidentMove {
    /// It is fixed.
    Confirm,
    /// It is not.
    Dispute,
    /// Say how it went.
    Rate,
    /// Withdraw it.
    Cancel,
    /// Add a word.
    Comment,
}

/// What a member of staff may do with a matter; the sticky bar shows the first ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StaffMove {
    /// Take responsibility.
    Triage,
    /// Tell a time.
    Promise,
    /// Send an order.
    Dispatch,
    /// Let it rest.
    Wait,
    /// Let it go on.
    Resume,
    /// Say no, with a reason.
    Decline,
    /// Point to the request that it repeats.
    MarkDuplicate,
    /// File it.
    Archive,
    /// A word to the resident.
    Comment,
    /// A word among staff.
    Note,
}

/// All that staff see of one matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    /// The request itself.
    pub request: Request,
    /// The matter in short.
    pub card: Card,
    /// Who reported it.
    pub reporter: Option<Reporter>,
    /// Who answers for it.
    pub accountable: Option<String>,
    /// Photos of the report.
    pub photos: Vec<PhotoId>,
    /// When somebody may come.
    pub times: Vec<PreferredTime>,
    /// Its orders, newest first, each with the caller's moves.
    pub orders: Vec<OrderCard>,
    /// Everything that happened.
    pub timeline: Vec<Entry>,
    /// How it was rated.
    pub rating: Option<Rating>,
    /// What the caller may do now.
    pub moves: Vec<StaffMove>,
    /// To whom an order may go; empty for those who may not send one.
    pub teams: Vec<DepartmentRef>,
    /// Those who could take it.
    pub hands: Vec<Colleague>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// Who reported a matter, as staff may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reporter {
    /// Full name.
    pub name: String,
    /// Phone; to trades only while the matter is open.
    pub phone: Option<String>,
}

/// Which part of the queue is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// All that is open, by promise.
    #[default]
    Open,
    /// Reported, and nobody has looked.
    New,
    /// What the caller answers for.
    Mine,
    /// Waiting for the resident's word.
    Done,
    /// Everything, newest first.
    All,
}

impl View {
    /// All, in the order of the chips.
    pub const ALL: [View; 5] = [View::Open, View::New, View::Mine, View::Done, View::All];

    /// The value in addresses.
    pub fn tag(self) -> &'static str {
        match self {
            View::Open => "open",
            View::New => "new",
            View::Mine => "mine",
            View::Done => "done",
            View::All => "all",
        }
    }

    /// The view of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.tag() == tag)
    }
}

/// Where the next page of a list begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct After {
    /// The last row's time.
    pub at: Moment,
    /// The last row.
    pub id: RequestId,
}

/// A page of the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    /// The rows.
    pub cards: Vec<Card>,
    /// Where the next page begins, if there is one.
    pub next: Option<After>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// A resident's first page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeBoard {
    /// Who it is.
    pub resident: Resident,
    /// Open matters, the most pressing promise first.
    pub open: Vec<Card>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// A resident's matters, open and closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyRequests {
    /// Newest first.
    pub cards: Vec<Card>,
    /// Where the next page begins, if there is one.
    pub next: Option<After>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// What a report became.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The new request's code.
    pub code: String,
}

/// The orders of a request with the request: what rules that span both are given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The request.
    pub request: Request,
    /// Its orders, oldest first.
    pub orders: Vec<Order>,
}
