use super::super::model::{Drafted, Notice, NoticeForm, NoticeNews, NoticeStage, NoticeText};
use super::super::store;
use super::{publish, record, tell_office};
use crate::call::Call;
use crate::estate::{self, instant};
use crate::fault::{Fault, Note};
use crate::ids::NoticeId;
use crate::moment::parse_wall;
use crate::people::{self, Power, Role, Staff};
use crate::requests::Version;

/// Somebody of the office drafts a notice; the manager hears of it.
pub async fn draft(form: NoticeForm) -> Result<Drafted, Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Notices)?;
    let now = call.now;
    let (text, numbers) = written(&mut call, &staff, form).await?;
    let notice = Notice {
        id: call.id()?,
        estate: staff.estate,
        version: 1,
        stage: NoticeStage::Draft,
        stage_at: now,
        text,
        numbers,
        drafted_by: staff.id,
        drafter: staff.person.name.clone(),
        approved_by: None,
        approver: None,
        publish_at: None,
        published_at: None,
        reason: None,
        made_at: now,
    };
    store::insert(call.db(), &notice).await?;
    call.record(record(&notice, "drafted")).await?;
    let managers = people::store::list_in_role(call.db(), notice.estate, Role::SiteManager, None).await?;
    tell_office(&mut call, &managers, &notice, NoticeNews::Drafted).await?;
    call.commit(Drafted { id: notice.id }).await
}

/// What a form says, with the units that it names: each number must be one's in the buildings that are chosen,
/// and where none are, in one building only.
async fn written(call: &mut Call, staff: &Staff, form: NoticeForm) -> Result<(NoticeText, Vec<String>), Fault> {
    let now = call.now;
    let buildings = estate::store::list_buildings(call.db(), staff.estate).await?;
    let (mut text, numbers) = form.read(&staff.zone, &buildings, now)?;
    let units = store::find_units(call.db(), staff.estate, &text.audience.buildings, &numbers).await?;
    let is_anywhere = text.audience.buildings.is_empty();
    for number in &numbers {
        match units.iter().filter(|(_, of)| of == number).count() {
            0 => return Err(Fault::field("notice[units]", Note::NotAChoice)),
            2.. if is_anywhere => return Err(Fault::field("notice[units]", Note::InManyBuildings)),
            _ => {}
        }
    }
    text.audience.units = units.into_iter().map(|(unit, _)| unit).collect();
    Ok((text, numbers))
}

/// It is written otherwise, before anybody has approved it.
pub async fn change(id: NoticeId, seen: Version, form: NoticeForm) -> Result<(), Fault> {
    let (mut call, staff, mut notice) = ours(Power::Notices, id, seen).await?;
    let (text, numbers) = written(&mut call, &staff, form).await?;
    notice.change(text)?;
    notice.numbers = numbers;
    store::save_text(call.db(), &mut notice).await?;
    call.record(record(&notice, "changed")).await?;
    call.commit(()).await
}

/// The manager says yes; whoever drafted it hears of it.
pub async fn approve(id: NoticeId, seen: Version) -> Result<(), Fault> {
    let (mut call, staff, mut notice) = ours(Power::Policy, id, seen).await?;
    notice.approve(staff.id, call.now)?;
    store::save(call.db(), &mut notice).await?;
    call.record(record(&notice, "approved")).await?;
    let drafter = people::store::find_account_of(call.db(), notice.estate, notice.drafted_by).await?;
    tell_office(&mut call, drafter.as_slice(), &notice, NoticeNews::Approved).await?;
    call.commit(()).await
}

/// It comes out at a time on the estate's wall, or at once, in the same transaction.
pub async fn schedule(id: NoticeId, seen: Version, typed: Option<String>) -> Result<(), Fault> {
    let (mut call, staff, mut notice) = ours(Power::Notices, id, seen).await?;
    let now = call.now;
    let typed = typed.map(|typed| typed.trim().to_owned()).filter(|typed| !typed.is_empty());
    let at = match typed {
        Some(typed) => {
            let at = parse_wall(&typed).and_then(|shown| instant(&staff.zone, shown));
            Some(at.ok_or(Fault::field("publish", Note::Malformed))?)
        }
        None => None,
    };
    notice.schedule(at, now)?;
    store::save(call.db(), &mut notice).await?;
    call.record(record(&notice, "scheduled")).await?;
    if at.is_none() {
        publish(&mut call, &mut notice, now).await?;
        call.record(record(&notice, "published")).await?;
    }
    call.commit(()).await
}

/// It no longer applies, or never comes out.
pub async fn withdraw(id: NoticeId, seen: Version, reason: String) -> Result<(), Fault> {
    let (mut call, _, mut notice) = ours(Power::Notices, id, seen).await?;
    notice.withdraw(&reason, call.now)?;
    store::save(call.db(), &mut notice).await?;
    call.record(record(&notice, "withdrawn")).await?;
    call.commit(()).await
}

/// A notice of the caller's estate, locked, at the version that they saw; for those who have the power.
async fn ours(power: Power, id: NoticeId, seen: Version) -> Result<(Call, Staff, Notice), Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    staff.needs(power)?;
    let notice = store::lock(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    notice.seen_at(seen)?;
    Ok((call, staff, notice))
}
