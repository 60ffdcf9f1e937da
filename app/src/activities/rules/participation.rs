use super::super::model::{Activity, ActivityStage, Participation, ParticipationMove, ParticipationStage};
use super::activity::LONGEST_NOTE;
use crate::fault::{Fault, Note, Notes, Refusal};
use crate::ids::{AccountId, UnitId};
use crate::moment::Moment;
use crate::requests::Version;

/// Every legal move of a household's part, by the stages' tags; the database refuses all others.
pub const PARTICIPATION_MOVES: [(&str, &str); 7] = [
    ("", "signed"),
    ("", "waiting"),
    ("waiting", "signed"),
    ("signed", "given_up"),
    ("waiting", "given_up"),
    ("signed", "came"),
    ("came", "signed"),
];

impl Activity {
    /// How many places are left.
    pub fn left(&self) -> u32 {
        self.plan.capacity.saturating_sub(self.taken)
    }

    /// Whether people sign up now.
    pub fn is_open(&self, at: Moment) -> bool {
        self.stage == ActivityStage::Published && self.plan.opens_at <= at && at < self.plan.closes_at
    }

    /// A household signs so many people up: it has their places at once, or waits for them.
    pub fn sign_up(&self, heads: u32, at: Moment) -> Result<ParticipationStage, Fault> {
        if !self.is_open(at) {
            return Err(Refusal::SignUpShut.into());
        }
        if !(1..=self.plan.quota).contains(&heads) {
            return Err(Fault::field("heads", Note::NotBetween(1, self.plan.quota)));
        }
        Ok(if heads <= self.left() { ParticipationStage::Signed } else { ParticipationStage::Waiting })
    }

    /// Whether places that come free are given to those who wait: as long as it has not started.
    pub fn moves_up(&self, at: Moment) -> bool {
        self.stage == ActivityStage::Published && at < self.plan.starts_at
    }

    /// Of those who wait, by how many people each brings and in their order, the places of those who move up: as far as there
    /// is room. One who needs more than is left stays, and whoever is behind them is looked at.
    pub fn moving_up(&self, line: &[u32]) -> Vec<usize> {
        let (mut left, mut found) = (self.left(), Vec::new());
        for (at, heads) in line.iter().enumerate() {
            if *heads <= left {
                left -= heads;
                found.push(at);
            }
        }
        found
    }

    /// Of somebody's homes, of which some are in it by these parts, those that they may sign up.
    pub fn free_homes(&self, homes: &[UnitId], parts: &[Participation], at: Moment) -> Vec<UnitId> {
        let is_in = |home: &UnitId| parts.iter().any(|part| part.unit == *home && part.is_live());
        if self.is_open(at) { homes.iter().copied().filter(|home| !is_in(home)).collect() } else { Vec::new() }
    }

    /// What somebody may do about a part of a home of theirs: any of the household gives it up, whoever signed it up says how
    /// it was.
    pub fn part_moves(&self, part: &Participation, by: AccountId, at: Moment) -> Vec<ParticipationMove> {
        let rates = part.account == by && part.clone().rate(5, None).is_ok();
        let gives_up = part.clone().give_up(self, at).is_ok();
        let all = [(ParticipationMove::Rate, rates), (ParticipationMove::GiveUp, gives_up)];
        all.into_iter().filter_map(|(what, may)| may.then_some(what)).collect()
    }

    /// Whether the office may give up somebody's part now: as anybody may, before it starts.
    pub fn may_strike(&self, at: Moment) -> bool {
        self.stage == ActivityStage::Published && at < self.plan.starts_at
    }
}

impl Participation {
    /// Refuses a move that was decided on an older version.
    pub fn seen_at(&self, seen: Version) -> Result<(), Fault> {
        if self.version == seen { Ok(()) } else { Err(Fault::Stale) }
    }

    /// Whether its household is in it, or waits.
    pub fn is_live(&self) -> bool {
        self.stage != ParticipationStage::GivenUp
    }

    /// How many places it takes.
    pub fn takes(&self) -> u32 {
        if matches!(self.stage, ParticipationStage::Signed | ParticipationStage::Came) { self.heads } else { 0 }
    }

    /// They had waited, and have their places.
    pub fn move_up(&mut self, at: Moment) -> Result<(), Fault> {
        if self.stage != ParticipationStage::Waiting {
            return Err(Refusal::AlreadyMoved.into());
        }
        self.go(ParticipationStage::Signed, at)
    }

    /// They do not come, or wait no longer; before it starts.
    pub fn give_up(&mut self, activity: &Activity, at: Moment) -> Result<(), Fault> {
        if !activity.may_strike(at) {
            return Err(Refusal::HasBegun.into());
        }
        self.go(ParticipationStage::GivenUp, at)
    }

    /// Nobody of its household lives there any more, and those who do now come themselves.
    pub fn lapse(&mut self, at: Moment) -> Result<(), Fault> {
        self.go(ParticipationStage::GivenUp, at)
    }

    /// So many of them are there, at the door of what has begun; nobody: they are not, after all.
    pub fn attend(&mut self, activity: &Activity, came: u32, at: Moment) -> Result<(), Fault> {
        if activity.stage != ActivityStage::Held {
            return Err(Refusal::AlreadyMoved.into());
        }
        if !matches!(self.stage, ParticipationStage::Signed | ParticipationStage::Came) || self.stars.is_some() {
            return Err(Refusal::AlreadyMoved.into());
        }
        if came > self.heads {
            return Err(Fault::field("came", Note::NotBetween(0, self.heads)));
        }
        let to = if came == 0 { ParticipationStage::Signed } else { ParticipationStage::Came };
        if to != self.stage {
            self.go(to, at)?;
        }
        self.came = (came > 0).then_some(came);
        Ok(())
    }

    /// How it was, in 1 to 5 stars, from whoever was there; once.
    pub fn rate(&mut self, stars: u8, words: Option<&str>) -> Result<(), Fault> {
        if self.stage != ParticipationStage::Came {
            return Err(Refusal::AlreadyMoved.into());
        }
        if self.stars.is_some() {
            return Err(Refusal::AlreadyRated.into());
        }
        let mut notes = Notes::default();
        if !(1..=5).contains(&stars) {
            notes.add("stars", Note::NotBetween(1, 5));
        }
        let words = notes.optional("words", words, LONGEST_NOTE);
        notes.check()?;
        (self.stars, self.stars_words) = (Some(stars), words);
        Ok(())
    }

    fn go(&mut self, to: ParticipationStage, at: Moment) -> Result<(), Fault> {
        if !PARTICIPATION_MOVES.contains(&(self.stage.tag(), to.tag())) {
            return Err(Refusal::AlreadyMoved.into());
        }
        (self.stage, self.stage_at) = (to, at);
        Ok(())
    }
}
