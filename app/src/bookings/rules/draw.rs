use super::super::model::{Draw, DrawStage, Lot, LotStage, Tried, Window};
use super::booking::LONGEST_NOTE;
use super::free::Span;
use crate::fault::{Fault, Notes, Refusal};
use crate::ids::{AccountId, LotId};
use crate::moment::Moment;
use crate::requests::Version;
use sha2::{Digest, Sha256};

/// Every legal move of a draw, by the stages' tags; the database refuses all others.
pub const DRAW_MOVES: [(&str, &str); 5] =
    [("", "announced"), ("announced", "open"), ("announced", "called_off"), ("open", "drawn"), ("open", "called_off")];

/// Every legal move of a lot, likewise.
pub const LOT_MOVES: [(&str, &str); 5] =
    [("", "entered"), ("entered", "withdrawn"), ("withdrawn", "entered"), ("entered", "won"), ("entered", "lost")];

/// What becomes of a draw by itself, when its time has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrawDue {
    /// Households enter it.
    Open,
    /// It is drawn.
    Draw,
}

/// What is published of a seed before it is shown: SHA-256 of it as it is written, in hexadecimal digits.
pub fn hash_of(seed: &str) -> String {
    Sha256::digest(seed.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// By what lots are ordered, the least first: SHA-256 over the seed and the lot's id, both as they are written.
pub fn rank(seed: &str, lot: LotId) -> [u8; 32] {
    Sha256::digest(format!("{seed}{lot}").as_bytes()).into()
}

impl Draw {
    /// Refuses a move that was decided on an older version.
    pub fn seen_at(&self, seen: Version) -> Result<(), Fault> {
        if self.version == seen { Ok(()) } else { Err(Fault::Stale) }
    }

    /// What becomes of it now, whoever looks.
    pub fn due(&self, at: Moment) -> Option<DrawDue> {
        match self.stage {
            DrawStage::Announced if self.opens_at <= at => Some(DrawDue::Open),
            DrawStage::Open if self.closes_at <= at => Some(DrawDue::Draw),
            _ => None,
        }
    }

    /// Households enter it from now on, and nothing but its seed's hash is told of that.
    pub fn open(&mut self, seed: &str, at: Moment) -> Result<(), Fault> {
        self.go(DrawStage::Open, at)?;
        self.seed_hash = Some(hash_of(seed));
        Ok(())
    }

    /// Refuses a lot, or a change to one, where it takes none.
    pub fn takes_lots(&self, at: Moment) -> Result<(), Fault> {
        if self.is_open(at) { Ok(()) } else { Err(Refusal::DrawShut.into()) }
    }

    /// It is drawn, once nobody enters it any more.
    pub fn draw(&mut self, at: Moment) -> Result<(), Fault> {
        if self.stage != DrawStage::Drawn && at < self.closes_at {
            return Err(Refusal::TooEarly.into());
        }
        self.go(DrawStage::Drawn, at)
    }

    /// The office calls it off before it is drawn, and says why.
    pub fn call_off(&mut self, reason: &str, at: Moment) -> Result<(), Fault> {
        let mut notes = Notes::default();
        let reason = notes.text("reason", reason, LONGEST_NOTE);
        notes.check()?;
        self.go(DrawStage::CalledOff, at)?;
        self.reason = Some(reason);
        Ok(())
    }

    /// The times that it gives away.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        self.windows.iter().map(Window::span)
    }

    /// Whether it gives away some of a span.
    pub fn gives_away(&self, during: Span) -> bool {
        self.spans().any(|span| span.overlaps(during))
    }

    fn go(&mut self, to: DrawStage, at: Moment) -> Result<(), Fault> {
        if !DRAW_MOVES.contains(&(self.stage.tag(), to.tag())) {
            return Err(Refusal::AlreadyMoved.into());
        }
        (self.stage, self.stage_at) = (to, at);
        Ok(())
    }
}

impl Window {
    /// The same as a span.
    pub fn span(&self) -> Span {
        Span { from: self.starts_at, until: self.ends_at }
    }
}

impl Lot {
    /// Refuses a move that was decided on an older version.
    pub fn seen_at(&self, seen: Version) -> Result<(), Fault> {
        if self.version == seen { Ok(()) } else { Err(Fault::Stale) }
    }

    /// Its household wishes for something else, or is in it again.
    pub fn enter(
        &mut self,
        by: AccountId,
        wishes: Vec<i64>,
        (steps, heads): (u32, u32),
        at: Moment,
    ) -> Result<(), Fault> {
        if self.stage == LotStage::Entered {
            self.stage_at = at;
        } else {
            self.go(LotStage::Entered, at)?;
        }
        (self.account, self.wishes, self.steps, self.heads) = (by, wishes, steps, heads);
        Ok(())
    }

    /// Its household takes it back.
    pub fn withdraw(&mut self, at: Moment) -> Result<(), Fault> {
        self.go(LotStage::Withdrawn, at)
    }

    /// It was drawn in that place, and this came of its wishes.
    pub fn fall(&mut self, place: u32, tried: Vec<Tried>, at: Moment) -> Result<(), Fault> {
        let is_won = tried.last() == Some(&Tried::Granted);
        self.go(if is_won { LotStage::Won } else { LotStage::Lost }, at)?;
        (self.place, self.tried) = (Some(place), tried);
        Ok(())
    }

    fn go(&mut self, to: LotStage, at: Moment) -> Result<(), Fault> {
        if !LOT_MOVES.contains(&(self.stage.tag(), to.tag())) {
            return Err(Refusal::AlreadyMoved.into());
        }
        (self.stage, self.stage_at) = (to, at);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{DRAW_MOVES, DrawDue, LOT_MOVES, hash_of, rank};
    use crate::bookings::model::{Draw, DrawStage, Lot, LotStage, Tried, Window};
    use crate::bookings::rules::tests::{account, instant};
    use crate::fault::{Fault, Refusal};
    use crate::ids::LotId;
    use uuid::Uuid;

    /// Of an hour from the thousandth minute on; open from the tenth to the hundredth.
    fn draw() -> Draw {
        Draw {
            id: Uuid::nil().into(),
            estate: Uuid::nil().into(),
            version: 1,
            stage: DrawStage::Announced,
            stage_at: instant(0),
            facility: Uuid::nil().into(),
            opens_at: instant(10),
            closes_at: instant(100),
            windows: vec![Window { starts_at: instant(1000), ends_at: instant(1060) }],
            seed_hash: None,
            seed: None,
            reason: None,
            lots: 0,
            won: 0,
        }
    }

    fn lot() -> Lot {
        Lot {
            id: Uuid::nil().into(),
            estate: Uuid::nil().into(),
            draw: Uuid::nil().into(),
            version: 1,
            stage: LotStage::Entered,
            stage_at: instant(20),
            unit: Uuid::nil().into(),
            account: account(1),
            wishes: vec![1, 2],
            steps: 1,
            heads: 1,
            place: None,
            tried: Vec::new(),
            booking: None,
        }
    }

    #[test]
    fn a_draw_opens_closes_and_is_drawn_once() {
        let mut draw = draw();
        assert_eq!((draw.due(instant(9)), draw.due(instant(10))), (None, Some(DrawDue::Open)));
        assert_eq!(draw.takes_lots(instant(20)), Err(Refusal::DrawShut.into()), "nobody has opened it");
        draw.open("a", instant(10)).expect("it is time");
        assert_eq!(draw.seed_hash, Some(hash_of("a")));
        assert_eq!((draw.takes_lots(instant(99)), draw.due(instant(99))), (Ok(()), None));
        assert_eq!(draw.takes_lots(instant(100)), Err(Refusal::DrawShut.into()));
        assert_eq!(draw.draw(instant(99)), Err(Refusal::TooEarly.into()));
        assert_eq!(draw.due(instant(100)), Some(DrawDue::Draw));
        assert_eq!(draw.draw(instant(100)), Ok(()));
        assert_eq!(draw.draw(instant(101)), Err(Refusal::AlreadyMoved.into()));
        assert_eq!(draw.call_off("A leak", instant(101)), Err(Refusal::AlreadyMoved.into()));
        assert_eq!((draw.due(instant(999)), draw.seen_at(2)), (None, Err(Fault::Stale)));
    }

    #[test]
    fn a_lot_comes_and_goes_until_it_falls() {
        let mut lot = lot();
        lot.withdraw(instant(30)).expect("it is in");
        assert_eq!(lot.withdraw(instant(31)), Err(Refusal::AlreadyMoved.into()));
        lot.enter(account(2), vec![3], (2, 4), instant(32)).expect("it was withdrawn");
        lot.enter(account(3), vec![4, 5], (1, 2), instant(33)).expect("it is in");
        assert_eq!((lot.account, lot.wishes.len(), lot.heads, lot.stage_at), (account(3), 2, 2, instant(33)));
        lot.fall(7, vec![Tried::Taken, Tried::Granted], instant(100)).expect("it is in");
        assert_eq!((lot.stage, lot.place), (LotStage::Won, Some(7)));
        assert_eq!(lot.enter(account(1), vec![3], (1, 1), instant(101)), Err(Refusal::AlreadyMoved.into()));
        assert!(["drawn", "called_off"].iter().all(|end| DRAW_MOVES.iter().all(|(from, _)| from != end)));
        assert!(["won", "lost"].iter().all(|end| LOT_MOVES.iter().all(|(from, _)| from != end)));
    }

    #[test]
    fn the_order_is_what_the_page_says() {
        // printf a | sha256sum
        assert_eq!(hash_of("a"), "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
        // printf a00000000-0000-0000-0000-000000000000 | sha256sum
        let rank: String = rank("a", LotId(Uuid::nil())).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(rank, "b1dd9de2a4942c93dc3514e4eb70484b0c382502d4924633616047baf19ac692");
    }
}
