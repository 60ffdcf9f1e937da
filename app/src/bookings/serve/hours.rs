use super::super::model::{Booking, Closure, Draw, Facility, FacilityFile, Opening, SpecialDay, WaterLog};
use super::super::rules::{Claim, Span, open_between, open_on, starts_in};
use super::super::store;
use crate::call::Call;
use crate::estate::Zone;
use crate::fault::Fault;
use crate::ids::{EstateId, FacilityId};
use crate::moment::{Moment, Wall};
use crate::policy::{self, Calendar};
use chrono::NaiveDate;
use std::collections::HashMap;

/// When some facilities of an estate are open: their hours, the days that count as holidays or have hours of their own, and
/// when they are closed; and which of their times are given away by lot.
pub(super) struct Hours {
    estate: EstateId,
    openings: HashMap<FacilityId, Vec<Opening>>,
    calendar: Calendar,
    days: HashMap<FacilityId, Vec<SpecialDay>>,
    closures: HashMap<FacilityId, Vec<Closure>>,
    draws: HashMap<FacilityId, Vec<Draw>>,
    pub zone: Zone,
}

impl Hours {
    /// Of one.
    pub async fn of(call: &mut Call, facility: &Facility) -> Result<Self, Fault> {
        Self::of_all(call, facility.estate, std::slice::from_ref(facility)).await
    }

    /// Of several, whose estate it is; in no more queries than of one.
    pub async fn of_all(call: &mut Call, estate: EstateId, facilities: &[Facility]) -> Result<Self, Fault> {
        let now = call.now;
        let (policy, zone) = policy::in_force(call, estate, now).await?;
        let openings = store::list_openings(call.db(), estate, facilities).await?;
        let days = store::list_days(call.db(), estate, facilities, zone.day_of(now)).await?;
        let closures = store::list_closures(call.db(), estate, facilities, now).await?;
        let draws = store::list_undrawn(call.db(), estate, facilities).await?;
        Ok(Self {
            estate,
            openings: grouped(openings),
            calendar: policy.terms.calendar,
            days: grouped(days),
            closures: grouped(closures),
            draws: grouped(draws),
            zone,
        })
    }

    /// When one of them is open on a day, whatever is closed then.
    pub fn open_on(&self, facility: &Facility, day: NaiveDate) -> Vec<Span> {
        match those(&self.days, facility).iter().find(|special| special.on == day) {
            Some(special) => special.hours.iter().map(|hours| open_between(day, *hours, &self.zone)).collect(),
            None => open_on(those(&self.openings, facility), day, self.calendar.is_holiday(day), &self.zone),
        }
    }

    /// When a booking of so many steps can begin on a day.
    pub fn starts_on(&self, facility: &Facility, day: NaiveDate, steps: u32) -> Vec<Moment> {
        let mut starts = starts_in(&self.open_on(facility, day), &facility.terms, steps, &self.zone);
        let closures = those(&self.closures, facility);
        starts.retain(|start| {
            let during = facility.terms.during(*start, steps, &self.zone);
            !closures.iter().any(|closure| closure.unit.is_none() && closure.span().overlaps(during))
        });
        starts
    }

    /// The times of one of them that a draw gives away to whoever wants so many steps, in order.
    pub fn starts_of(&self, facility: &Facility, draw: &Draw, steps: u32) -> Vec<Moment> {
        let terms = &facility.terms;
        let within = |span: Span| {
            let starts = self.starts_on(facility, self.zone.day_of(span.from), steps);
            let ends = move |start: Moment| terms.ends(start, steps, &self.zone);
            starts.into_iter().filter(move |start| span.from <= *start && ends(*start) <= span.until)
        };
        draw.spans().flat_map(within).collect()
    }

    /// The draws by which some of a span of one of them is given away, as long as they are to come.
    pub fn draws_of(&self, facility: &Facility, during: Span) -> impl Iterator<Item = &Draw> {
        those(&self.draws, facility).iter().filter(move |draw| draw.gives_away(during))
    }

    /// Whether a booking of so many steps that begins then would have of that.
    pub fn is_drawn(&self, facility: &Facility, starts_at: Moment, steps: u32) -> bool {
        let during = facility.terms.during(starts_at, steps, &self.zone);
        self.draws_of(facility, during).next().is_some()
    }

    /// Who has what of one of them within a span, and which of its units are closed: as far as it matters for room in that
    /// span. What is moved is not in its own way.
    pub async fn claims(
        &self,
        call: &mut Call,
        facility: &Facility,
        during: Span,
        moved: Option<&Booking>,
    ) -> Result<Vec<Claim>, Fault> {
        let mut claims =
            self.claims_of_all(call, &[(facility, during)]).await?.remove(&facility.id).unwrap_or_default();
        claims.retain(|claim| moved.is_none_or(|moved| claim.by.is_none_or(|(_, booking)| booking != moved.id)));
        Ok(claims)
    }

    /// The same of several, each within a span of its own.
    pub async fn claims_of_all(
        &self,
        call: &mut Call,
        asked: &[(&Facility, Span)],
    ) -> Result<HashMap<FacilityId, Vec<Claim>>, Fault> {
        let now = call.now;
        let spans: Vec<_> = asked.iter().map(|(facility, during)| (facility.id, facility.reach(*during))).collect();
        let mut claims = grouped(store::list_claims(call.db(), self.estate, &spans, now).await?);
        for (facility, _) in asked {
            let closed = those(&self.closures, facility).iter().filter(|closure| closure.unit.is_some());
            claims.entry(facility.id).or_default().extend(closed.map(Closure::claim));
        }
        Ok(claims)
    }

    /// What of one of them is closed from one day until another, whole or in part.
    pub fn shown(&self, facility: &Facility, from: NaiveDate, until: NaiveDate) -> Vec<Closure> {
        let shown = self.whole(from, until);
        // What another building's units are closed for is not theirs to read.
        let is_theirs =
            |closure: &&Closure| closure.unit.is_none_or(|unit| facility.units.iter().any(|one| one.id == unit));
        let own = those(&self.closures, facility).iter().filter(is_theirs);
        own.filter(|closure| closure.span().overlaps(shown)).cloned().collect()
    }

    /// From the beginning of one day until that of another.
    pub fn whole(&self, from: NaiveDate, until: NaiveDate) -> Span {
        Span { from: self.zone.earliest(from, 0), until: self.zone.earliest(until, 0) }
    }

    /// One of them as the office looks after it.
    pub fn file(mut self, facility: Facility, water: WaterLog, may_change: bool, wall: Wall) -> FacilityFile {
        let id = facility.id;
        FacilityFile {
            facility,
            openings: self.openings.remove(&id).unwrap_or_default(),
            closures: self.closures.remove(&id).unwrap_or_default(),
            days: self.days.remove(&id).unwrap_or_default(),
            water,
            may_change,
            wall,
        }
    }
}

/// What each facility has, in the order in which it came.
fn grouped<T>(rows: Vec<(FacilityId, T)>) -> HashMap<FacilityId, Vec<T>> {
    let mut groups: HashMap<_, Vec<T>> = HashMap::new();
    for (facility, row) in rows {
        groups.entry(facility).or_default().push(row);
    }
    groups
}

/// What one facility has.
fn those<'a, T>(groups: &'a HashMap<FacilityId, Vec<T>>, facility: &Facility) -> &'a [T] {
    groups.get(&facility.id).map(Vec::as_slice).unwrap_or_default()
}

impl Closure {
    /// When it is.
    pub(super) fn span(&self) -> Span {
        Span { from: self.starts_at, until: self.ends_at }
    }

    fn claim(&self) -> Claim {
        Claim { unit: self.unit, during: self.span(), heads: 0, by: None, can_swap: false }
    }
}
