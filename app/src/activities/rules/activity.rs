use super::super::model::{Activity, ActivityMove, ActivityStage, Plan};
use crate::fault::{Fault, Note, Notes, Refusal};
use crate::ids::{MeasureId, StaffId};
use crate::moment::Moment;
use crate::requests::Version;
use chrono::Duration;

/// Every legal move of an activity, by the stages' tags; the database refuses all others.
pub const MOVES: [(&str, &str); 9] = [
    ("", "draft"),
    ("draft", "approved"),
    ("draft", "called_off"),
    ("approved", "published"),
    ("approved", "called_off"),
    ("published", "held"),
    ("published", "called_off"),
    ("held", "closed"),
    ("called_off", "closed"),
];

/// The longest reason or word about how it was, in characters.
pub const LONGEST_NOTE: u32 = 500;
/// The longest title, or place.
pub const LONGEST_TITLE: u32 = 120;
/// The longest text about what happens, or what went well.
pub const LONGEST_ABOUT: u32 = 1000;
/// The longest measure.
pub const LONGEST_MEASURE: u32 = 200;
/// So many measures at most: more than anybody looks after.
pub const MOST_MEASURES: usize = 30;
/// So many minutes before it starts people may already be let in.
const EARLY: i64 = 60;
/// More people than that came to nothing.
const MOST_CAME: u32 = 100_000;

/// Who may do what in the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hand {
    /// Whether they plan activities.
    pub plans: bool,
    /// Whether they approve them.
    pub approves: bool,
}

impl Activity {
    /// Refuses a move that was decided on an older version.
    pub fn seen_at(&self, seen: Version) -> Result<(), Fault> {
        if self.version == seen { Ok(()) } else { Err(Fault::Stale) }
    }

    /// It is planned otherwise, before anybody has approved it.
    pub fn change(&mut self, plan: Plan) -> Result<(), Fault> {
        self.is_draft()?;
        self.plan = plan;
        Ok(())
    }

    /// The manager says yes, to what is done for everybody's safety, too.
    pub fn approve(&mut self, by: StaffId, at: Moment) -> Result<(), Fault> {
        self.is_draft()?;
        self.is_prepared()?;
        if self.plan.starts_at <= at {
            return Err(Refusal::HasBegun.into());
        }
        self.go(ActivityStage::Approved, at)?;
        self.approved_by = Some(by);
        Ok(())
    }

    /// Residents see it, and sign up as soon as that opens.
    pub fn publish(&mut self, at: Moment) -> Result<(), Fault> {
        self.may_go(ActivityStage::Published)?;
        self.is_prepared()?;
        if self.plan.ends_at <= at {
            return Err(Refusal::HasBegun.into());
        }
        self.go(ActivityStage::Published, at)
    }

    /// It begins: people are let in, once everything is done for their safety.
    pub fn begin(&mut self, at: Moment) -> Result<(), Fault> {
        self.may_go(ActivityStage::Held)?;
        self.is_prepared()?;
        if self.measures.iter().any(|measure| measure.ticked_at.is_none()) {
            return Err(Refusal::MeasuresOpen.into());
        }
        if at < self.plan.starts_at - Duration::minutes(EARLY) {
            return Err(Refusal::TooEarly.into());
        }
        self.go(ActivityStage::Held, at)
    }

    /// It does not take place, and why; as long as it has not begun.
    pub fn call_off(&mut self, reason: &str, at: Moment) -> Result<(), Fault> {
        let mut notes = Notes::default();
        let reason = notes.text("reason", reason, LONGEST_NOTE);
        notes.check()?;
        self.go(ActivityStage::CalledOff, at)?;
        self.reason = Some(reason);
        Ok(())
    }

    /// What came of it: how many came, as typed, of whom at least so many were ticked at the door, and what went well. Of what
    /// was called off there is nothing to say.
    pub fn close(&mut self, came: Option<&str>, went_well: Option<&str>, ticked: u32, at: Moment) -> Result<(), Fault> {
        self.may_go(ActivityStage::Closed)?;
        if self.stage == ActivityStage::CalledOff {
            return self.go(ActivityStage::Closed, at);
        }
        let mut notes = Notes::default();
        let typed = came.map(str::trim).unwrap_or_default();
        let came = typed.parse::<u32>().ok().filter(|came| (ticked..=MOST_CAME).contains(came));
        if came.is_none() {
            notes.add("came", if typed.is_empty() { Note::Missing } else { Note::NotBetween(ticked, MOST_CAME) });
        }
        let went_well = notes.text("went_well", went_well.unwrap_or_default(), LONGEST_ABOUT);
        notes.check()?;
        self.go(ActivityStage::Closed, at)?;
        (self.came, self.went_well) = (came, Some(went_well));
        Ok(())
    }

    /// Reads something more that is done for everybody's safety, before residents see it.
    pub fn add_measure(&self, words: &str) -> Result<String, Fault> {
        if !matches!(self.stage, ActivityStage::Draft | ActivityStage::Approved) {
            return Err(Refusal::AlreadyMoved.into());
        }
        let mut notes = Notes::default();
        let words = notes.text("words", words, LONGEST_MEASURE);
        if self.measures.len() >= MOST_MEASURES {
            notes.add("words", Note::TooMany(MOST_MEASURES as u32));
        }
        notes.check().map(|()| words)
    }

    /// Something is not done for everybody's safety: nobody has approved it yet.
    pub fn drop_measure(&mut self, id: MeasureId) -> Result<(), Fault> {
        self.is_draft()?;
        let before = self.measures.len();
        self.measures.retain(|measure| measure.id != id);
        if self.measures.len() == before { Err(Fault::NotFound) } else { Ok(()) }
    }

    /// Whoever answers for it has done it, and nobody else says so.
    pub fn tick(&mut self, id: MeasureId, by: StaffId, at: Moment) -> Result<(), Fault> {
        if !matches!(self.stage, ActivityStage::Draft | ActivityStage::Approved | ActivityStage::Published) {
            return Err(Refusal::AlreadyMoved.into());
        }
        let measure = self.measures.iter_mut().find(|measure| measure.id == id).ok_or(Fault::NotFound)?;
        if measure.responsible != by {
            return Err(Fault::NotAllowed);
        }
        if measure.ticked_at.is_some() {
            return Err(Refusal::AlreadyMoved.into());
        }
        measure.ticked_at = Some(at);
        Ok(())
    }

    /// Whether they answer for something that is done for its safety.
    pub fn is_answered_by(&self, who: StaffId) -> bool {
        self.measures.iter().any(|measure| measure.responsible == who)
    }

    /// What somebody of the office may do with it now, the likeliest first.
    pub fn office_moves(&self, hand: Hand, at: Moment) -> Vec<ActivityMove> {
        let all = [
            (ActivityMove::Approve, hand.approves && self.may(|it| it.approve(it.organiser, at))),
            (ActivityMove::Publish, hand.plans && self.may(|it| it.publish(at))),
            (ActivityMove::Begin, hand.plans && self.may(|it| it.begin(at))),
            (ActivityMove::Close, hand.plans && self.may_go(ActivityStage::Closed).is_ok()),
            (ActivityMove::Change, hand.plans && self.stage == ActivityStage::Draft),
            (ActivityMove::CallOff, hand.plans && self.may(|it| it.call_off("-", at))),
        ];
        all.into_iter().filter_map(|(what, may)| may.then_some(what)).collect()
    }

    fn may(&self, go: impl FnOnce(&mut Self) -> Result<(), Fault>) -> bool {
        go(&mut self.clone()).is_ok()
    }

    fn is_draft(&self) -> Result<(), Fault> {
        if self.stage == ActivityStage::Draft { Ok(()) } else { Err(Refusal::AlreadyMoved.into()) }
    }

    fn is_prepared(&self) -> Result<(), Fault> {
        if self.measures.is_empty() { Err(Refusal::NoMeasures.into()) } else { Ok(()) }
    }

    fn may_go(&self, to: ActivityStage) -> Result<(), Fault> {
        let is_legal = MOVES.contains(&(self.stage.tag(), to.tag()));
        if is_legal { Ok(()) } else { Err(Refusal::AlreadyMoved.into()) }
    }

    fn go(&mut self, to: ActivityStage, at: Moment) -> Result<(), Fault> {
        self.may_go(to)?;
        (self.stage, self.stage_at) = (to, at);
        Ok(())
    }
}
