use super::super::model::{
    After, Card, Counts, Facet, FilterChoices, LONGEST_VIEW_NAME, MOST_VIEWS, Problem, Queue, SavedView, Sieve, View,
};
use super::super::store::{self, Meant, Owed};
use super::listing::measures_of;
use crate::call::Call;
use crate::estate::{self, Names};
use crate::fault::{Fault, Note, Notes};
use crate::ids::{EstateId, ViewId};
use crate::insights;
use crate::moment::Moment;
use crate::paging::page_of;
use crate::people::{self, Scope, Staff};
use crate::services;
use sqlx::PgConnection;

/// Rows of a page.
const PAGE: i64 = 30;
/// The longest address of a view, in characters.
const LONGEST_QUERY: usize = 2000;

/// What of the queue is asked for.
pub struct Asked {
    /// The part.
    pub view: View,
    /// The words that are looked for.
    pub words: String,
    /// What it is narrowed to.
    pub sieve: Sieve,
}

impl Asked {
    /// As addresses and server functions say it.
    pub fn of(view: Option<&str>, words: Option<&str>, sieve: Sieve) -> Self {
        Self {
            view: view.and_then(View::from_tag).unwrap_or_default(),
            words: words.unwrap_or_default().replace('\0', " ").trim().chars().take(80).collect(),
            sieve,
        }
    }
}

/// What somebody asks for, in the words of the tables.
pub struct Search {
    staff: Staff,
    scope: Scope,
    now: Moment,
    asked: Asked,
    meant: Meant,
}

impl Search {
    /// Within the scope of whoever asks; refused for those whose roles see no matters.
    pub async fn of(db: &mut PgConnection, staff: Staff, mut asked: Asked, now: Moment) -> Result<Self, Fault> {
        let scope = staff.matters()?;
        let mut meant = store::find_facets(db, scope, &asked.sieve).await?;
        if asked.view == View::Mine && asked.sieve.is_beyond_open() {
            meant.facets.push(format!("accountable:{}", staff.id));
            asked.view = View::All;
        }
        asked.view = asked.sieve.part(asked.view);
        Ok(Self { staff, scope, now, asked, meant })
    }

    /// Up to `most` rows behind a place, and the place behind which the list goes on.
    pub async fn page(
        &self,
        db: &mut PgConnection,
        after: Option<After>,
        most: i64,
    ) -> Result<(Vec<Card>, Option<After>), Fault> {
        let Asked { view, words, sieve } = &self.asked;
        let mut facets = self.meant.facets.clone();
        let stage = sieve.get(Facet::State).filter(|tag| store::is_open_tag(tag));
        let clock = sieve.get(Facet::Clock).map(|clock| (clock, self.now));
        let is_owed = matches!(view, View::Open | View::New | View::Mine) || stage.is_some() || clock.is_some();
        if *view == View::Done {
            facets.push("state:done".to_owned());
        }
        if !is_owed {
            let found = store::list_newest(db, self.scope, &facets, words, after, most).await?;
            return Ok(page_of(found, most, |card| After { at: card.received_at, id: card.id }));
        }
        let accountable = (*view == View::Mine).then_some(self.staff.id);
        let owed = Owed { is_new: *view == View::New, accountable, stage, clock };
        let found = store::list_owed(db, self.scope, owed, &facets, words, after, most).await?;
        Ok(page_of(found, most, |card| {
            let at = card.line.promise.map_or(card.received_at, |promise| promise.due_at);
            After { at, id: card.id }
        }))
    }
}

impl Search {
    /// Who asks.
    pub fn staff(&self) -> &Staff {
        &self.staff
    }

    /// In which estate.
    pub fn estate(&self) -> EstateId {
        self.scope.estate
    }

    /// What the slugs of its sieve are called.
    pub fn names(self) -> Vec<(Facet, Names)> {
        self.meant.names
    }

    /// What all of it counts under, where nothing narrows it.
    pub fn measures(&self) -> Option<Vec<(&'static str, String)>> {
        let is_whole = self.asked.words.is_empty() && self.asked.sieve.is_empty();
        let mine = format!("accountable:{}", self.staff.id);
        is_whole.then(|| measures_of(self.asked.view, &store::seen(self.scope), mine))
    }
}

/// A page of the queue.
pub async fn queue(
    view: Option<String>,
    typed: Option<String>,
    after: Option<After>,
    sieve: Vec<String>,
) -> Result<Queue, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    let now = call.now;
    let asked = Asked::of(view.as_deref(), typed.as_deref(), Sieve::parse(&sieve));
    let search = Search::of(call.db(), staff, asked, now).await?;
    let (cards, next) = search.page(call.db(), after, PAGE).await?;
    let Search { staff, scope, meant, .. } = search;
    let counts = counts(&mut call, &staff, scope).await?;
    let saved = store::list_views(call.db(), staff.estate, staff.person.account).await?;
    Ok(Queue { cards, next, wall: call.wall(), counts, saved, names: meant.names })
}

/// How many matters wait, from what is kept of them.
async fn counts(call: &mut Call, staff: &Staff, scope: Scope) -> Result<Counts, Fault> {
    let now = call.now;
    let seen = store::seen(scope);
    let of =
        [("open", seen.clone()), ("new", seen.clone()), ("open", format!("accountable:{}", staff.id)), ("done", seen)];
    let counted = insights::store::count_now(call.db(), staff.estate, &of).await?;
    let [open, new, mine, done] = counted[..] else { return Ok(Counts::default()) };
    let late = store::count_late(call.db(), scope, now, Counts::MOST_LATE).await?;
    Ok(Counts { open, new, mine, done, late })
}

/// What the queue can be narrowed to in the caller's estate, and the views that they keep.
pub async fn filters() -> Result<FilterChoices, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    let estate = staff.matters()?.estate;
    let items = services::store::list_items(call.db(), estate).await?;
    let problem =
        |item: services::Item| Problem { slug: item.slug, names: item.names, is_group: item.parent.is_none() };
    Ok(FilterChoices {
        problems: items.into_iter().map(problem).collect(),
        buildings: estate::store::list_buildings(call.db(), estate).await?,
        areas: estate::store::list_areas(call.db(), estate).await?,
        departments: estate::store::list_departments(call.db(), estate).await?,
        people: people::store::list_team(call.db(), estate).await?,
        saved: store::list_views(call.db(), estate, staff.person.account).await?,
    })
}

/// Keeps a view under a name; the same name again keeps this one instead.
pub async fn save_view(name: String, query: String) -> Result<(), Fault> {
    let mut notes = Notes::default();
    let name = notes.text("name", &name, LONGEST_VIEW_NAME);
    let is_address = query.is_empty() || query.starts_with('?');
    if !is_address || query.chars().count() > LONGEST_QUERY || !query.chars().all(|c| c.is_ascii_graphic()) {
        notes.add("query", Note::Malformed);
    }
    notes.check()?;
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    let estate = staff.matters()?.estate;
    let (id, now) = (call.id()?, call.now);
    let view = SavedView { id, name, query };
    if !store::save_view(call.db(), estate, staff.person.account, &view, now).await? {
        return Err(Fault::field("name", Note::TooMany(MOST_VIEWS)));
    }
    call.commit(()).await
}

/// Another name for a view of the caller's.
pub async fn rename_view(id: ViewId, name: String) -> Result<(), Fault> {
    let mut notes = Notes::default();
    let name = notes.text("name", &name, LONGEST_VIEW_NAME);
    notes.check()?;
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    if !store::rename_view(call.db(), staff.estate, staff.person.account, id, &name).await? {
        return Err(Fault::NotFound);
    }
    call.commit(()).await
}

/// Forgets a view of the caller's.
pub async fn drop_view(id: ViewId) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    if !store::delete_view(call.db(), staff.estate, staff.person.account, id).await? {
        return Err(Fault::NotFound);
    }
    call.commit(()).await
}
