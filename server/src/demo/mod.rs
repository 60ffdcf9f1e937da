//! The demo estate: two places, nine hundred people and ninety days, all from one fixed seed relative to
//! now. Whoever tries the product and every test meet the same named people here. It must never touch a
//! database that holds anything else, and nothing in it may contradict the rules of the rooms.

mod activities;
pub mod cast;
mod catalogue;
mod conduct;
mod contacts;
mod content;
mod dice;
mod facilities;
mod history;
mod households;
mod keys;
mod mail;
mod names;
mod notices;
mod orders;
mod paper;
mod people;
mod places;
mod policy;
mod screens;
mod services;
mod staff;
pub(crate) mod store;
mod stories;
mod visitors;
mod water;

// What an estate that is founded shares with the demo's.
pub(crate) use content::{Department, content};
pub(crate) use places::named;

use app::estate;
use app::ids::EstateId;
use app::moment::Moment;
use app::photos::PhotoStore;
use sqlx::{PgConnection, PgPool};

use crate::boot::Failure;
use content::Kind;
use places::Extent;

/// How many residents hold an invitation that nobody has redeemed yet.
const INVITED: usize = 9;

/// What the database held before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing: now it holds the demo.
    Nothing,
    /// The demo.
    Demo,
    /// Somebody's estate.
    OtherData,
}

/// Loads the demo into an empty database; where it is loaded already, nothing happens.
pub async fn seed(pool: &PgPool, photos: &PhotoStore, now: Moment) -> Result<(), Failure> {
    match load(pool, Some(photos), now).await? {
        Found::Nothing | Found::Demo => Ok(()),
        Found::OtherData => {
            Err("This database holds other data; the demo estate is only loaded into an empty one.".into())
        }
    }
}

/// Loads the demo if the database is empty, leaves any other as it is, and says which of these it found.
pub async fn seed_if_empty(pool: &PgPool, photos: &PhotoStore, now: Moment) -> Result<Found, Failure> {
    load(pool, Some(photos), now).await
}

/// Both estates with little more than the named cast in them, and no history: for tests.
pub async fn seed_cast(pool: &PgPool, now: Moment) -> Result<(), Failure> {
    load(pool, None, now).await.map(drop)
}

/// How to sign in to the demo, as the server says it when it is ready.
pub fn how_to_sign_in() -> String {
    format!(
        "  Sign in    on /sign-in with one tap as anybody of the demo, or by typing\n             \
         {} (resident), {} (desk), {} (coordinator) or {} (plumber)\n             with the password {}",
        cast::RESIDENT,
        cast::RECEPTIONIST,
        cast::COORDINATOR,
        cast::TECHNICIAN,
        cast::PASSWORD,
    )
}

/// All of it where there is a place for its photos, else the cast alone.
async fn load(pool: &PgPool, photos: Option<&PhotoStore>, now: Moment) -> Result<Found, Failure> {
    let mut transaction = pool.begin().await?;
    store::lock(&mut transaction).await?;
    let estates = store::list_estates(&mut transaction).await?;
    if !estates.is_empty() {
        let is_demo = content()?.estates.estate.iter().all(|estate| estates.contains(&dice::fixed_id(&estate.id)));
        return Ok(if is_demo { Found::Demo } else { Found::OtherData });
    }
    fill(&mut transaction, photos, now).await?;
    transaction.commit().await?;
    Ok(Found::Nothing)
}

async fn fill(db: &mut PgConnection, photos: Option<&PhotoStore>, now: Moment) -> Result<(), Failure> {
    let extent = if photos.is_some() { Extent::Full } else { Extent::Cast };
    let content = content()?;
    let (grounds, places) = places::build(content, extent, |estate| staff::duty_officer(content, estate))?;
    let zone = grounds.first().map_or("UTC", |ground| ground.zone.as_str());
    let today = estate::wall(zone, now).now().day();
    let mut people = people::Rows::default();
    let wanted = |sign_in: &str| extent == Extent::Full || cast::STAFF.contains(&sign_in);
    let colleagues: Vec<(EstateId, _)> = staff::build(content, &grounds, &mut people, now, wanted)?;
    people::add_cast(&mut people, &grounds, now, today)?;
    if extent == Extent::Full {
        let mut movers = households::Movers::new(&mut people, content::names()?, now, today);
        grounds.iter().for_each(|ground| movers.fill(ground));
        people.invite(&colleagues, INVITED, now, today);
    }
    places.insert(db).await?;
    for ground in &grounds {
        app::policy::store::insert(db, &ground.policy, None, None, ground.policy.valid_from).await?;
    }
    people.insert(db).await?;
    services::insert(db, content, &grounds, &colleagues).await?;
    store::induct(db, now).await?;
    if let Some(photos) = photos {
        for ground in grounds.iter().filter(|ground| ground.kind == Kind::Residential) {
            policy::draft(db, ground, &colleagues, now).await?;
        }
        store::insert(db, store::KEYS, &keys::rows(&colleagues, now)).await?;
        screens::write(db, &colleagues, now).await?;
        store::rest_search(db).await?;
        let paper = paper::lay(db, photos).await?;
        history::write(db, content, &grounds, &colleagues, &people.dwellers, &paper, now).await?;
        contacts::write(db, &grounds, &colleagues, &people.dwellers, now).await.map_err(|fault| fault.to_string())?;
        orders::write(db, &grounds, &colleagues, &people.dwellers, now).await.map_err(|fault| fault.to_string())?;
        mail::write(db, &grounds, &colleagues, &people.dwellers, now).await.map_err(|fault| fault.to_string())?;
        visitors::write(db, &grounds, &colleagues, &people.dwellers, now).await.map_err(|fault| fault.to_string())?;
        water::write(db, &grounds, &colleagues, now).await?;
        activities::write(db, content, &grounds, &colleagues, &people.dwellers, now)
            .await
            .map_err(|fault| fault.to_string())?;
        notices::write(db, content, &grounds, &colleagues, &people.dwellers, now)
            .await
            .map_err(|fault| fault.to_string())?;
        conduct::write(db, &grounds, &colleagues, now).await.map_err(|fault| fault.to_string())?;
        store::add_schedules(db, now).await?;
        store::fill_search(db).await?;
        store::analyze(db).await?;
    }
    Ok(())
}
