use super::super::model::{Activity, ActivityNews, Participation};
use super::super::store;
use super::{keep_part, news, record_part};
use crate::call::{Call, limited, viewer};
use crate::fault::{Fault, Refusal};
use crate::ids::{AccountId, ActivityId, ParticipationId, UnitId};
use crate::people::{Limit, Power};
use crate::requests::Version;

/// A household of the caller's signs up: it has its places, or waits for them. Whoever signs up waits for the activity's row:
/// of many at once each knows what is left. What those have who lived there before is theirs no more, and whoever waits and
/// fits comes first.
pub async fn sign_up(id: ActivityId, home: UnitId, heads: u32) -> Result<(), Fault> {
    limited(Limit::SIGN_UP, &viewer()?.account()?.to_string()).await?;
    let mut call = Call::open().await?;
    let resident = call.as_resident()?;
    let home = resident.homes.iter().find(|one| one.unit.id == home).ok_or(Fault::NotFound)?;
    let mut activity = store::lock(call.db(), home.estate, id).await?.ok_or(Fault::NotFound)?;
    let now = call.now;
    activity.sign_up(heads, now)?;
    match store::find_in(call.db(), &activity, home.unit.id, now).await? {
        Some((_, false)) => return Err(Refusal::HasSignedUp.into()),
        Some((mut former, true)) => {
            former.lapse(now)?;
            store::save_part(call.db(), &mut former).await?;
            call.note(record_part(&former, "given_up")).await?;
        }
        None => {}
    }
    if activity.in_line > 0 {
        move_up(&mut call, &activity).await?;
    }
    activity = store::lock(call.db(), home.estate, id).await?.ok_or(Fault::NotFound)?;
    let stage = activity.sign_up(heads, now)?;
    let part = Participation {
        id: call.id()?,
        estate: activity.estate,
        activity: activity.id,
        version: 1,
        stage,
        stage_at: now,
        unit: home.unit.id,
        account: resident.person.account,
        heads,
        came: None,
        stars: None,
        stars_words: None,
        made_at: now,
    };
    store::insert_part(call.db(), &part).await?;
    call.record(record_part(&part, part.stage.tag())).await?;
    call.commit(()).await
}

/// The caller gives up what their household has, or waits for; whoever waits moves up in the same transaction.
pub async fn give_up(id: ParticipationId, seen: Version) -> Result<(), Fault> {
    let (mut call, _, activity, part) = theirs(id, seen).await?;
    free(&mut call, &activity, part).await?;
    call.commit(()).await
}

/// The office gives up what a household has, or waits for: one that has left does it no more. Whoever signed up is told.
pub async fn strike(id: ParticipationId, seen: Version) -> Result<(), Fault> {
    let (mut call, activity, part) = ours(id, seen).await?;
    let part = free(&mut call, &activity, part).await?;
    news::tell(&mut call, &activity, std::slice::from_ref(&part), ActivityNews::Struck).await?;
    call.commit(()).await
}

/// A household is in it no more, and whoever waits has its places.
async fn free(call: &mut Call, activity: &Activity, mut part: Participation) -> Result<Participation, Fault> {
    let (now, freed) = (call.now, part.takes());
    part.give_up(activity, now)?;
    keep_part(call, &mut part, "given_up").await?;
    if freed > 0 {
        move_up(call, activity).await?;
    }
    Ok(part)
}

/// Those who wait have what came free, in their order and as far as there is room; they are told.
async fn move_up(call: &mut Call, activity: &Activity) -> Result<(), Fault> {
    let now = call.now;
    let activity = store::lock(call.db(), activity.estate, activity.id).await?.ok_or(Fault::NotFound)?;
    if !activity.moves_up(now) {
        return Ok(());
    }
    let line = store::list_line(call.db(), activity.estate, activity.id, now).await?;
    let heads: Vec<_> = line.iter().map(|part| part.heads).collect();
    let moved = activity.moving_up(&heads);
    for (_, mut part) in line.into_iter().enumerate().filter(|(at, _)| moved.contains(at)) {
        part.move_up(now)?;
        store::save_part(call.db(), &mut part).await?;
        call.note(record_part(&part, "moved_up")).await?;
        news::tell(call, &activity, std::slice::from_ref(&part), ActivityNews::MovedUp).await?;
    }
    Ok(())
}

/// How it was, from whoever was there.
pub async fn rate(id: ParticipationId, seen: Version, stars: u8, words: Option<String>) -> Result<(), Fault> {
    let (mut call, account, _, mut part) = theirs(id, seen).await?;
    if part.account != account {
        return Err(Fault::NotAllowed);
    }
    part.rate(stars, words.as_deref())?;
    keep_part(&mut call, &mut part, "rated").await?;
    call.commit(()).await
}

/// So many of a household are there: those who receive people tick it at the door.
pub async fn attend(id: ParticipationId, seen: Version, came: u32) -> Result<(), Fault> {
    let (mut call, activity, mut part) = ours(id, seen).await?;
    part.attend(&activity, came, call.now)?;
    keep_part(&mut call, &mut part, if came > 0 { "came" } else { "not_there" }).await?;
    call.commit(()).await
}

/// A part in an activity of the caller's estate, which is locked, at the version that they saw; for those who receive people.
async fn ours(id: ParticipationId, seen: Version) -> Result<(Call, Activity, Participation), Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Reception)?;
    let of = store::find_of_part(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    let activity = store::lock(call.db(), staff.estate, of).await?.ok_or(Fault::NotFound)?;
    let part = store::find_part(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    part.seen_at(seen)?;
    Ok((call, activity, part))
}

/// A part of the caller's household, whose activity is locked, at the version that they saw; and who they are.
async fn theirs(id: ParticipationId, seen: Version) -> Result<(Call, AccountId, Activity, Participation), Fault> {
    let mut call = Call::open().await?;
    let resident = call.as_resident()?;
    let account = resident.person.account;
    let found = store::find_of_own(call.db(), account, &resident.homes, id).await?;
    let (estate, of) = found.ok_or(Fault::NotFound)?;
    let activity = store::lock(call.db(), estate, of).await?.ok_or(Fault::NotFound)?;
    let part = store::find_part(call.db(), estate, id).await?.ok_or(Fault::NotFound)?;
    part.seen_at(seen)?;
    Ok((call, account, activity, part))
}
