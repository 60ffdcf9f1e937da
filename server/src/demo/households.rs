//! The other nine hundred: families, tenants and companies, those who live here and those who left.

use app::people::OccupancyKind;
use app::texts::Lang;
use chrono::{Duration, NaiveDate};

use app::ids::PartyId;
use app::moment::Moment;

use super::cast;
use super::content::NameFile;
use super::dice::Dice;
use super::names::{Name, Namer};
use super::people::{Login, Rows, Stay};
use super::places::{Ground, Unit};

/// Of a hundred flats and suites, so many are lived or worked in.
const OCCUPIED: usize = 92;

/// What a household is made of besides its first person, and how many in a hundred are so.
const SHAPES: [(u64, OccupancyKind, &[Member]); 7] = [
    (30, OccupancyKind::Owner, &[]),
    (30, OccupancyKind::Owner, &[Member::Partner]),
    (10, OccupancyKind::Owner, &[Member::Partner, Member::Relative]),
    (7, OccupancyKind::Owner, &[Member::Relative]),
    (12, OccupancyKind::Tenant, &[Member::Landlord]),
    (7, OccupancyKind::Tenant, &[Member::Partner, Member::Landlord]),
    (4, OccupancyKind::Borrower, &[Member::Landlord]),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Member {
    Partner,
    Relative,
    /// Owns the flat and lives elsewhere.
    Landlord,
}

/// Moves people in.
pub struct Movers<'a> {
    rows: &'a mut Rows,
    namer: Namer,
    dice: Dice,
    now: Moment,
    today: NaiveDate,
}

impl<'a> Movers<'a> {
    pub fn new(rows: &'a mut Rows, names: NameFile, now: Moment, today: NaiveDate) -> Self {
        let (taken, sign_ins) = rows.taken();
        Self { rows, namer: Namer::new(names, taken, sign_ins), dice: Dice::of("households"), now, today }
    }

    /// Fills an estate; the cast's homes stay as they are.
    pub fn fill(&mut self, ground: &Ground) {
        let mut companies = self.namer.companies().into_iter();
        for unit in &ground.units {
            if cast::RESIDENTS.iter().any(|person| person.home == (&unit.building, &unit.refer.number)) {
                continue;
            }
            let is_flat = unit.refer.kind == app::estate::UnitKind::Flat;
            if let Some(shop) = &unit.shop {
                let since = self.dice.between(700, 2400);
                let stay = self.stay(ground, unit, OccupancyKind::Tenant, since, None);
                self.company(&stay, &shop.hans, &shop.en);
            } else if !self.dice.chance(OCCUPIED) {
                // Empty since not long: somebody lived here who remembers the place.
                if is_flat && self.dice.chance(70) {
                    let left = self.dice.between(1, 85);
                    self.former(ground, unit, left);
                }
            } else if is_flat {
                self.household(ground, unit);
            } else if let Some(company) = companies.next() {
                let since = self.dice.between(40, 2600);
                let stay = self.stay(ground, unit, OccupancyKind::Tenant, since, None);
                self.company(&stay, &company.hans, &company.en);
            }
        }
    }

    fn household(&mut self, ground: &Ground, unit: &Unit) {
        let recent = self.dice.chance(12);
        let days = if recent { self.dice.between(2, 500) } else { self.dice.between(500, 4300) };
        if recent && self.dice.chance(70) {
            let left = days + self.dice.between(4, 40);
            self.former(ground, unit, left);
        }
        let lang = self.lang();
        let weights = SHAPES.map(|(weight, ..)| weight);
        let Some((_, kind, others)) = self.dice.weighted(&weights).and_then(|shape| SHAPES.get(shape)) else {
            return;
        };
        let Some(first) = self.namer.person(lang, None) else {
            return;
        };
        let stay = self.stay(ground, unit, *kind, days, None);
        self.person(&stay, &first, lang, 57);
        for member in *others {
            let (surname, kind, share) = match member {
                // Few couples share a surname here; parents and children do.
                Member::Partner => (None, *kind, 33),
                Member::Relative => (first.surname, OccupancyKind::Relative, 14),
                Member::Landlord => (None, OccupancyKind::Owner, 0),
            };
            let Some(name) = self.namer.person(lang, surname) else {
                continue;
            };
            let since = if *member == Member::Landlord { days + self.dice.between(200, 2000) } else { days };
            let stay = self.stay(ground, unit, kind, since, None);
            if *member == Member::Landlord {
                self.party(&stay, &name);
            } else {
                self.person(&stay, &name, lang, share);
            }
        }
    }

    /// Somebody who moved out so many days ago.
    fn former(&mut self, ground: &Ground, unit: &Unit, left: i64) {
        let lang = self.lang();
        let Some(name) = self.namer.person(lang, None) else {
            return;
        };
        let kind = if self.dice.chance(60) { OccupancyKind::Tenant } else { OccupancyKind::Owner };
        let since = left + self.dice.between(300, 1500);
        let stay = self.stay(ground, unit, kind, since, Some(left));
        self.person(&stay, &name, lang, 55);
    }

    /// A company with one to three people who act for it.
    fn company(&mut self, stay: &Stay, own: &str, latin: &str) {
        let phone = format!("+86 21 0555 {:04}", self.dice.between(6300, 9899));
        self.rows.add_party(stay.ground.id, stay.party, true, own, latin, &phone);
        let id = self.dice.id(self.at(stay.from_on));
        self.rows.add_stay(stay, id);
        for _ in 0..self.dice.between(1, if stay.unit.shop.is_some() { 1 } else { 3 }) {
            let lang = match self.dice.below(100) {
                0..44 => Lang::Hans,
                44..60 => Lang::Hant,
                _ => Lang::En,
            };
            if let Some(name) = self.namer.person(lang, None) {
                self.dweller(stay, &name, lang, true);
            }
        }
    }

    /// A party of one person, with an account in so many cases of a hundred.
    fn person(&mut self, stay: &Stay, name: &Name, lang: Lang, share: usize) {
        self.party(stay, name);
        let signs_in = self.dice.chance(share);
        self.dweller(stay, name, lang, signs_in);
    }

    fn party(&mut self, stay: &Stay, name: &Name) {
        let phone = format!("+86 100 {:04} {:04}", self.dice.between(2000, 8999), self.dice.between(0, 9999));
        self.rows.add_party(stay.ground.id, stay.party, false, &name.own, &name.latin, &phone);
        let id = self.dice.id(self.at(stay.from_on));
        self.rows.add_stay(stay, id);
    }

    fn dweller(&mut self, stay: &Stay, name: &Name, lang: Lang, signs_in: bool) {
        if !signs_in {
            self.rows.add_dweller(stay, &name.own, lang, None);
            return;
        }
        let sign_in = self.namer.sign_in(name, lang, &stay.unit.refer.number);
        let since = self.at(stay.from_on.max(self.today - Duration::days(1000)));
        let login = Login { account: self.dice.id(since), sign_in: &sign_in, name: &name.own, lang, since };
        self.rows.add_dweller(stay, &name.own, lang, Some(login));
    }

    fn stay<'b>(
        &mut self,
        ground: &'b Ground,
        unit: &'b Unit,
        kind: OccupancyKind,
        since: i64,
        left: Option<i64>,
    ) -> Stay<'b> {
        let from_on = self.today - Duration::days(since);
        let party: PartyId = self.dice.id(self.at(from_on));
        Stay { ground, unit, party, kind, from_on, to_on: left.map(|days| self.today - Duration::days(days)) }
    }

    fn lang(&mut self) -> Lang {
        match self.dice.below(100) {
            0..70 => Lang::Hans,
            70..86 => Lang::Hant,
            _ => Lang::En,
        }
    }

    /// Office hours of a day, more or less: the day's distance from now.
    fn at(&self, on: NaiveDate) -> Moment {
        self.now - Duration::days((self.today - on).num_days()) - Duration::hours(1)
    }
}
