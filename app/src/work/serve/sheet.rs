use super::super::model::{Job, MaterialDraft, Order, Sheet};
use super::super::rules::minutes_of;
use super::super::store;
use super::{cards, order_in_hand};
use crate::backend::{Backend, broken};
use crate::call::Call;
use crate::concierge;
use crate::fault::{Fault, Notes};
use crate::forms::reply_of;
use crate::ids::{EstateId, LineId, OrderId, SignatureId};
use crate::mail;
use crate::people::{Power, Staff, Viewer};
use crate::photos;
use crate::requests::{self, Happening, LONGEST_WORDS, Reporter, Version, photo_ids, tell};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// An order in full, within the caller's scope.
pub async fn sheet(id: OrderId) -> Result<Sheet, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    let scope = staff.matters()?;
    let estate = scope.estate;
    let request = store::find_request(call.db(), estate, scope.department(), id).await?.ok_or(Fault::NotFound)?;
    let case = requests::store::read(call.db(), request).await?;
    let order = case.orders.iter().find(|order| order.id == id).ok_or(Fault::NotFound)?;
    let card = requests::store::find_card(call.db(), estate, request).await?;
    let timeline = requests::store::list_entries(call.db(), estate, request, staff.person.account, true).await?;
    let (reporter, _) = requests::store::find_people(call.db(), &case.request).await?;
    // Trades see a client's phone only while there is something to do (domain.md, *Powers*).
    let sees_phone = staff.can(Power::Reception) || case.request.stage.is_open();
    let reporter = reporter.map(|one| if sees_phone { one } else { Reporter { phone: None, ..one } });
    let now = call.now;
    let shown = cards(call.db(), &staff, std::slice::from_ref(order), &timeline, now).await?;
    let shown = shown.into_iter().next().ok_or(Fault::NotFound)?;
    let appointment = store::list_windows(call.db(), estate, &[request], now).await?.remove(&request);
    let appointment = appointment.unwrap_or_default().into_iter().find(|window| window.is_picked);
    let (before, after) = store::list_photos(call.db(), estate, id).await?;
    let schedule = store::find_schedule(call.db(), estate, id).await?;
    let repeats = match schedule {
        Some(_) => order.may_settle_recurrence(&staff),
        None => order.may_recur(&case.request, &staff),
    };
    Ok(Sheet {
        schedule,
        may_repeat: repeats.is_ok(),
        has_jobs: staff.can(Power::Work),
        may_write: order.is_open_to(&staff).is_ok(),
        job: Job { card, order: shown, appointment },
        words: case.request.words.clone(),
        photos: requests::report_photos(&timeline),
        reporter,
        times: requests::store::list_times(call.db(), estate, request).await?,
        findings: store::list_findings(call.db(), estate, id).await?,
        materials: store::list_materials(call.db(), estate, id).await?,
        hours: store::list_hours(call.db(), estate, id).await?,
        signatures: store::list_signatures(call.db(), estate, id).await?,
        before,
        after,
        late: store::list_late(call.db(), estate, request, id).await?,
        wall: call.wall(),
    })
}

/// What is really to be done, perhaps with photos from before; the order's next version.
pub async fn confirm_on_site(id: OrderId, seen: Version, typed: String, photos: Vec<String>) -> Result<(), Fault> {
    let mut notes = Notes::default();
    let words = notes.text("words", &typed, LONGEST_WORDS);
    notes.check()?;
    let photos = photo_ids(&photos)?;
    let (mut call, staff, mut case) = super::ours(id, seen).await?;
    let now = call.now;
    let order = case.order(id)?;
    let happening = order.confirm_on_site(&staff, words.clone(), !photos.is_empty())?;
    let line = call.id()?;
    let order = case.order(id)?;
    store::insert_finding(call.db(), line, order, &words, staff.id, now).await?;
    photos::store::attach_to_order(call.db(), order, &photos, staff.person.account, "before").await?;
    store::save(call.db(), order).await?;
    tell(&mut call, &case.request, &happening, &photos).await?;
    call.commit(()).await
}

/// A material of the estate's.
pub async fn use_material(id: OrderId, name: String, quantity: String, unit: String) -> Result<(), Fault> {
    let draft = MaterialDraft::parse(&name, &quantity, &unit, None)?;
    write(id, async |call, staff, order| {
        let happening = order.use_material(staff, &draft)?;
        let (line, now) = (call.id()?, call.now);
        store::insert_material(call.db(), line, order, &draft, staff.id, now).await?;
        Ok(happening)
    })
    .await
}

/// The client's own material, checked before it is used.
pub async fn check_material(
    id: OrderId,
    name: String,
    quantity: String,
    unit: String,
    result: String,
    remark: Option<String>,
) -> Result<(), Fault> {
    let draft = MaterialDraft::parse(&name, &quantity, &unit, Some((&result, remark.as_deref())))?;
    write(id, async |call, staff, order| {
        let happening = order.use_material(staff, &draft)?;
        let (line, now) = (call.id()?, call.now);
        store::insert_material(call.db(), line, order, &draft, staff.id, now).await?;
        Ok(happening)
    })
    .await
}

/// The caller's time at the work.
pub async fn spend_time(id: OrderId, hours: Option<String>, minutes: Option<String>) -> Result<(), Fault> {
    let minutes = minutes_of(hours.as_deref(), minutes.as_deref())?;
    write(id, async |call, staff, order| {
        let happening = order.spend_time(staff, minutes)?;
        let (line, now) = (call.id()?, call.now);
        store::insert_time(call.db(), line, order, minutes, staff.id, now).await?;
        Ok(happening)
    })
    .await
}

/// A line was wrong.
pub async fn strike_line(id: OrderId, line: LineId) -> Result<(), Fault> {
    write(id, async |call, staff, order| {
        let happening = order.strike(staff)?;
        let now = call.now;
        let stood = store::strike(call.db(), order, line, staff.id, now).await?;
        if stood { Ok(happening) } else { Err(Fault::NotFound) }
    })
    .await
}

/// One line of an order in hand, recorded; lines never cross, so they name no version.
async fn write(
    id: OrderId,
    line: impl AsyncFnOnce(&mut Call, &Staff, &Order) -> Result<Happening, Fault>,
) -> Result<(), Fault> {
    let (mut call, staff, mut case) = order_in_hand(id).await?;
    let order = case.order(id)?.clone();
    let happening = line(&mut call, &staff, &order).await?;
    tell(&mut call, &case.request, &happening, &[]).await?;
    call.commit(()).await
}

/// The drawing of strokes on glass of 640 × 200.
pub(crate) fn drawing(strokes: &serde_json::Value) -> String {
    let strokes: Vec<Vec<u16>> = serde_json::from_value(strokes.clone()).unwrap_or_default();
    let line = |stroke: Vec<u16>| {
        // A single point is drawn as a dot.
        let points = if stroke.len() == 2 { stroke.repeat(2) } else { stroke };
        let points: Vec<_> =
            points.chunks(2).map(|point| point.iter().map(u16::to_string).collect::<Vec<_>>().join(",")).collect();
        format!(r#"<polyline points="{}"/>"#, points.join(" "))
    };
    let lines: String = strokes.into_iter().filter(|stroke| !stroke.is_empty()).map(line).collect();
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 200" width="640" height="200"><rect width="640" height="200" fill="#fff"/><g fill="none" stroke="#111" stroke-width="3" stroke-linecap="round" stroke-linejoin="round">{lines}</g></svg>"##
    )
}

/// The route of drawn signatures, for a router whose layers put the [`Viewer`] into the extensions.
pub fn routes() -> Router<Backend> {
    Router::new().route("/signatures/{estate}/{id}", get(show))
}

async fn show(State(backend): State<Backend>, path: Path<(String, String)>, request: Parts) -> Response {
    drawn(&backend, &path, &request).await.unwrap_or_else(|fault| reply_of(&fault))
}

/// A signature on glass, to staff in whose scope its order lies, and under a charge notice or for mail to those who receive people; to
/// others there is none.
async fn drawn(
    backend: &Backend,
    Path((estate, id)): &Path<(String, String)>,
    request: &Parts,
) -> Result<Response, Fault> {
    let (Ok(estate), Ok(id)) = (estate.parse::<EstateId>(), id.parse::<SignatureId>()) else {
        return Err(Fault::NotFound);
    };
    let viewer = request.extensions.get::<Viewer>().cloned().unwrap_or_default();
    let staff = viewer.staff().map_err(|_| Fault::NotFound)?;
    let mut db = backend.pool.acquire().await?;
    if staff.estate != estate {
        return Err(Fault::NotFound);
    }
    let image = match store::find_drawing(&mut db, estate, id.0).await? {
        Some((request, image)) => {
            let scope = staff.matters().map_err(|_| Fault::NotFound)?;
            requests::store::is_within(&mut db, scope, request).await?.then_some(image)
        }
        None if staff.can(Power::Reception) => match concierge::store::find_drawing(&mut db, estate, id).await? {
            Some(image) => Some(image),
            None => mail::store::find_receipt(&mut db, estate, id).await?,
        },
        None => None,
    };
    let image = image.ok_or(Fault::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (header::CACHE_CONTROL, "private, max-age=86400, immutable"),
        (header::VARY, "cookie"),
    ];
    if image.is_empty() {
        return Err(broken("a signature without a drawing", &id));
    }
    Ok((headers, image).into_response())
}

#[cfg(test)]
mod tests {
    use super::drawing;
    use serde_json::json;

    #[test]
    fn a_drawing_has_a_line_a_stroke() {
        let svg = drawing(&json!([[1, 2, 3, 4, 5, 6], [7, 8]]));
        assert!(svg.contains(r#"<polyline points="1,2 3,4 5,6"/>"#) && svg.contains(r#"<polyline points="7,8 7,8"/>"#));
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"));
    }
}
