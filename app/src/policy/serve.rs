//! The story of each call: reading the policy, writing its next version section by section, publishing that.

use super::compare::compared;
use super::model::{Book, Draft, Policy, Preview, Terms};
use super::rules::{Beginning, DeskEntry, QualityEntry, next};
use super::store;
use crate::call::Call;
use crate::estate::{self, Zone};
use crate::fault::{Fault, Note, Notes};
use crate::happenings::Record;
use crate::ids::{EstateId, ItemId};
use crate::live::Room;
use crate::moment::Moment;
use crate::people::{Power, Staff};
use crate::requests;
use serde_json::json;

/// The longest reason for a version.
const LONGEST_NOTE: u32 = 500;
/// For how many open matters a preview reckons.
const PREVIEWED: usize = 500;

/// The version that holds at an instant, and the zone in which it counts. A call asks many a time for that of one
/// instant, and the store once: what holds by then has been published, and never changes.
pub async fn in_force(call: &mut Call, estate: EstateId, at: Moment) -> Result<(Policy, Zone), Fault> {
    let known = call.policies.iter().find(|(policy, _, asked)| policy.estate == estate && *asked == at);
    if let Some((policy, zone, _)) = known {
        return Ok((policy.clone(), *zone));
    }
    let (policy, zone) = store::in_force(call.db(), estate, at).await?;
    call.policies.push((policy.clone(), zone, at));
    Ok((policy, zone))
}

/// The version that holds now, or one by its number; and for those who may write the next one, that.
pub async fn book(version: Option<i32>) -> Result<Book, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    staff.matters()?;
    let (estate, now) = (staff.estate, call.now);
    let (current, _) = in_force(&mut call, estate, now).await?;
    let number = version.unwrap_or(current.version);
    let terms = match number == current.version {
        true => current.terms,
        false => store::find_terms(call.db(), estate, number).await?.ok_or(Fault::NotFound)?,
    };
    let published = store::list_published(call.db(), estate, None).await?;
    let shown = match published.iter().find(|published| published.version == number) {
        Some(shown) => shown.clone(),
        None => {
            store::list_published(call.db(), estate, Some(number)).await?.into_iter().next().ok_or(Fault::NotFound)?
        }
    };
    let draft = match staff.can(Power::Policy) {
        true => {
            let latest = store::latest(call.db(), estate).await?;
            Some(store::read_draft(call.db(), &latest).await?)
        }
        false => None,
    };
    Ok(Book {
        shown,
        terms,
        in_force: current.version,
        draft,
        published,
        categories: store::list_categories(call.db(), estate).await?,
        departments: estate::store::list_departments(call.db(), estate).await?,
        wall: call.wall(),
    })
}

/// How the open matters would stand by the draft.
pub async fn preview() -> Result<Preview, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Policy)?;
    let (now, zone) = (call.now, Zone::of(call.viewer.zone()));
    let latest = store::latest(call.db(), staff.estate).await?;
    let draft = store::read_draft(call.db(), &latest).await?;
    let mut matters = requests::store::list_open_courses(call.db(), staff.estate, PREVIEWED as i64 + 1).await?;
    let is_cut = matters.len() > PREVIEWED;
    matters.truncate(PREVIEWED);
    let (tallies, changes) = compared(&matters, &draft.terms, &zone, now)?;
    let published = store::list_published(call.db(), staff.estate, Some(latest.version)).await?;
    Ok(Preview {
        draft,
        latest: published.into_iter().next().ok_or(Fault::NotFound)?,
        matters: matters.len() as u32,
        is_cut,
        tallies,
        changes,
        wall: call.wall(),
    })
}

/// The draft while one form changes it.
struct Drafting {
    call: Call,
    staff: Staff,
    latest: Policy,
    draft: Draft,
}

impl Drafting {
    /// Whoever writes holds the estate's policy until they are done; who saw another draft has to look again.
    async fn open(seen: i32) -> Result<Self, Fault> {
        let mut call = Call::open().await?;
        let staff = call.viewer.staff()?;
        staff.needs(Power::Policy)?;
        store::lock(call.db(), staff.estate).await?;
        let latest = store::latest(call.db(), staff.estate).await?;
        let draft = store::read_draft(call.db(), &latest).await?;
        if draft.version != seen {
            return Err(Fault::Stale);
        }
        Ok(Self { call, staff, latest, draft })
    }

    fn terms(&mut self) -> &mut Terms {
        &mut self.draft.terms
    }

    async fn save(mut self) -> Result<(), Fault> {
        let now = self.call.now;
        store::save_draft(self.call.db(), self.staff.estate, Some(&self.draft.terms), self.staff.id, now).await?;
        self.call.commit(()).await
    }
}

/// The office's week.
pub async fn set_week(seen: i32, from: Vec<String>, until: Vec<String>) -> Result<(), Fault> {
    let mut drafting = Drafting::open(seen).await?;
    drafting.terms().set_week(&from, &until)?;
    drafting.save().await
}

/// A holiday, or a day that is worked all the same.
pub async fn add_day(seen: i32, [from_on, until_on, name, from, until]: [String; 5]) -> Result<(), Fault> {
    let mut drafting = Drafting::open(seen).await?;
    drafting.terms().add_day(&from_on, &until_on, &name, (&from, &until))?;
    drafting.save().await
}

/// A day is as the week tells again.
pub async fn remove_day(seen: i32, from_on: String) -> Result<(), Fault> {
    let mut drafting = Drafting::open(seen).await?;
    drafting.terms().remove_day(&from_on)?;
    drafting.save().await
}

/// The duty officer's hours.
pub async fn set_duty(seen: i32, [from, until, other_from, other_until]: [String; 4]) -> Result<(), Fault> {
    let mut drafting = Drafting::open(seen).await?;
    drafting.terms().set_duty((&from, &until), (&other_from, &other_until))?;
    drafting.save().await
}

/// The general clocks, or those of a category.
pub async fn set_clocks(seen: i32, category: String, [amount, unit, counts]: [Vec<String>; 3]) -> Result<(), Fault> {
    let mut drafting = Drafting::open(seen).await?;
    let category = match category.as_str() {
        "general" => None,
        id => {
            let known = store::list_categories(drafting.call.db(), drafting.staff.estate).await?;
            let id = id.parse::<ItemId>().ok().filter(|id| known.iter().any(|category| category.id == *id));
            Some(id.ok_or(Fault::field("category", Note::NotAChoice))?)
        }
    };
    drafting.terms().set_clocks(category, &amount, &unit, &counts)?;
    drafting.save().await
}

/// The desk's own rules.
pub async fn set_desk(seen: i32, typed: DeskEntry) -> Result<(), Fault> {
    let mut drafting = Drafting::open(seen).await?;
    drafting.terms().set_desk(&typed)?;
    drafting.save().await
}

/// Who looks after what.
pub async fn set_routes(seen: i32, category: Vec<String>, department: Vec<String>) -> Result<(), Fault> {
    let mut drafting = Drafting::open(seen).await?;
    let estate = drafting.staff.estate;
    let categories = store::list_categories(drafting.call.db(), estate).await?;
    let departments = estate::store::list_departments(drafting.call.db(), estate).await?;
    let categories: Vec<_> = categories.into_iter().map(|category| category.id).collect();
    let departments: Vec<_> = departments.into_iter().map(|department| department.id).collect();
    let typed: Vec<_> = category.into_iter().zip(department).collect();
    drafting.terms().set_routes(&categories, &departments, &typed)?;
    drafting.save().await
}

/// Sampling, endings, the detector, and how long orders wait.
pub async fn set_quality(seen: i32, typed: QualityEntry) -> Result<(), Fault> {
    let mut drafting = Drafting::open(seen).await?;
    drafting.terms().set_quality(&typed)?;
    drafting.save().await
}

/// There is no draft any more.
pub async fn discard(seen: i32) -> Result<(), Fault> {
    let mut drafting = Drafting::open(seen).await?;
    let now = drafting.call.now;
    store::save_draft(drafting.call.db(), drafting.staff.estate, None, drafting.staff.id, now).await?;
    drafting.call.commit(()).await
}

/// The draft becomes the next version.
pub async fn publish(seen: i32, beginning: Beginning, note: String) -> Result<(), Fault> {
    let drafting = Drafting::open(seen).await?;
    let mut notes = Notes::default();
    let note = notes.text("note", &note, LONGEST_NOTE);
    let now = drafting.call.now;
    let begins = beginning.read(drafting.call.viewer.zone(), now);
    let begins = match (notes.check(), begins) {
        // Everything that is wrong is said at once.
        (Err(Fault::Invalid(mut wrong)), Err(Fault::Invalid(more))) => {
            wrong.extend(more);
            return Err(Fault::Invalid(wrong));
        }
        (checked, begins) => checked.and(begins)?,
    };
    let Drafting { mut call, staff, latest, draft } = drafting;
    let policy = next(&latest, draft.edited.map(|_| draft.terms), begins)?;
    store::insert(call.db(), &policy, Some(staff.id), Some(&note), now).await?;
    store::save_draft(call.db(), staff.estate, None, staff.id, now).await?;
    call.record(Record {
        estate: staff.estate,
        room: Room::Policy,
        subject: staff.estate.0,
        kind: "published",
        is_public: false,
        is_heard_at_home: false,
        unit: None,
        reader: None,
        details: json!({ "version": policy.version, "valid_from": policy.valid_from, "changed": draft.changed }),
    })
    .await?;
    call.commit(()).await
}
