use super::super::model::{Activity, ActivityNews, ActivityStage, PlanForm, Planned};
use super::super::store;
use super::{hand, keep, news, ours, record};
use crate::bookings;
use crate::call::Call;
use crate::fault::{Fault, Note};
use crate::ids::{ActivityId, MeasureId, StaffId};
use crate::people::{self, Power};
use crate::requests::Version;

/// Those who receive people plan an activity, and organise it; the manager hears of it.
pub async fn plan(form: PlanForm) -> Result<Planned, Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Reception)?;
    let (now, estate) = (call.now, staff.estate);
    let facilities = bookings::store::list_offered(call.db(), estate).await?;
    let currency = store::find_currency(call.db(), estate).await?;
    let plan = form.read(&staff.zone, &facilities, currency, now)?;
    let activity = Activity {
        id: call.id()?,
        estate,
        code: bookings::store::next_code(call.db(), estate).await?,
        version: 1,
        stage: ActivityStage::Draft,
        stage_at: now,
        plan,
        room: None,
        closure: None,
        organiser: staff.id,
        organiser_name: staff.person.name.clone(),
        approved_by: None,
        reason: None,
        came: None,
        went_well: None,
        made_at: now,
        measures: Vec::new(),
        taken: 0,
        in_line: 0,
    };
    store::insert(call.db(), &activity).await?;
    call.record(record(&activity, "planned")).await?;
    news::tell_managers(&mut call, &activity).await?;
    call.commit(Planned { code: activity.code }).await
}

/// It is planned otherwise, before anybody has approved it.
pub async fn change(id: ActivityId, seen: Version, form: PlanForm) -> Result<(), Fault> {
    let (mut call, staff, mut activity) = ours(Power::Reception, id, seen).await?;
    let now = call.now;
    let facilities = bookings::store::list_offered(call.db(), staff.estate).await?;
    let plan = form.read(&staff.zone, &facilities, activity.plan.currency.clone(), now)?;
    activity.change(plan)?;
    keep(&mut call, &mut activity, "changed").await?;
    call.commit(()).await
}

/// Something more is done for everybody's safety, and who answers for it; where it is approved already, they hear of it.
pub async fn add_measure(id: ActivityId, seen: Version, words: String, responsible: StaffId) -> Result<(), Fault> {
    let (mut call, staff, mut activity) = ours(Power::Reception, id, seen).await?;
    let words = activity.add_measure(&words)?;
    if people::store::find_account_of(call.db(), staff.estate, responsible).await?.is_none() {
        return Err(Fault::field("responsible", Note::NotAChoice));
    }
    let measure = call.id()?;
    store::insert_measure(call.db(), &activity, measure, &words, responsible).await?;
    keep(&mut call, &mut activity, "measure_added").await?;
    if activity.stage == ActivityStage::Approved {
        news::tell_staff(&mut call, &activity, responsible, ActivityNews::Measure { words }).await?;
    }
    call.commit(()).await
}

/// Something is not done for everybody's safety after all: nobody has approved it yet.
pub async fn drop_measure(id: ActivityId, seen: Version, measure: MeasureId) -> Result<(), Fault> {
    let (mut call, _, mut activity) = ours(Power::Reception, id, seen).await?;
    let now = call.now;
    activity.drop_measure(measure)?;
    store::drop_measure(call.db(), activity.estate, measure, now).await?;
    keep(&mut call, &mut activity, "measure_dropped").await?;
    call.commit(()).await
}

/// Whoever answers for it has done it.
pub async fn tick_measure(id: MeasureId) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    let now = call.now;
    let of = store::find_of_measure(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    let mut activity = store::lock(call.db(), staff.estate, of).await?.ok_or(Fault::NotFound)?;
    if !hand(&staff).plans && !activity.is_answered_by(staff.id) {
        return Err(Fault::NotFound);
    }
    activity.tick(id, staff.id, now)?;
    let measure = activity.measures.iter().find(|measure| measure.id == id).ok_or(Fault::NotFound)?;
    store::save_tick(call.db(), activity.estate, measure).await?;
    call.record(record(&activity, "measure_ticked")).await?;
    call.commit(()).await
}
