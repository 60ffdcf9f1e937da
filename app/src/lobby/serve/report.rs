use super::super::model::{LONGEST_CARRIED, LONGEST_CONTACT, LONGEST_HERE, ProblemForm, Problems, ReportSlip};
use super::super::rules::is_reported_here;
use super::super::store;
use super::{new_pin, state_of};
use crate::call::{Call, limited, viewer};
use crate::estate;
use crate::fault::{Fault, Note, Notes, clean};
use crate::ids::ItemId;
use crate::people::{self, Limit};
use crate::requests::{Channel, Happening, Report, Sender, receive, record_of, tell};
use crate::screens::ScreenDevice;
use crate::services::{Item, store as services};
use crate::ui::encode;

/// What the place of a screen can have.
pub async fn problems() -> Result<Problems, Fault> {
    let mut call = Call::read().await?;
    let screen = screen(&call)?;
    let items = services::list_items(call.db(), screen.estate).await?;
    Ok(Problems::of(screen.place, items))
}

/// One of them, with the way to a phone.
pub async fn form(problem: String) -> Result<ProblemForm, Fault> {
    let mut call = Call::read().await?;
    let screen = screen(&call)?;
    let item = find(&mut call, &screen, |item| item.slug == problem).await?.ok_or(Fault::NotFound)?;
    let (estate, _) = estate::store::find(call.db(), screen.estate).await?;
    let qr = way_on(&screen, &item, "")?;
    Ok(ProblemForm { place: screen.place, item, estate, qr })
}

/// The way to a phone with a few words, which never stand in what a server is asked for.
pub async fn carry(item: String, words: Option<String>) -> Result<String, Fault> {
    let mut call = Call::read().await?;
    let screen = screen(&call)?;
    let item = find(&mut call, &screen, |other| other.slug == item).await?.ok_or(Fault::NotFound)?;
    let words: String = clean(&words.unwrap_or_default()).chars().take(LONGEST_CARRIED).collect();
    way_on(&screen, &item, &words)
}

/// A report of the screen's place becomes a request like any other, with a PIN of its own. Name and phone are for the
/// office alone.
pub async fn report(
    item: String,
    words: Option<String>,
    name: Option<String>,
    phone: Option<String>,
) -> Result<ReportSlip, Fault> {
    let mut notes = Notes::default();
    let words = notes.optional("words", words.as_deref(), LONGEST_HERE);
    let name = notes.optional("name", name.as_deref(), LONGEST_CONTACT);
    let phone = notes.optional("phone", phone.as_deref(), LONGEST_CONTACT);
    notes.check()?;
    let not_here = || Fault::field("item", Note::NotAChoice);
    let id: ItemId = item.parse().map_err(|_| not_here())?;
    let asking = viewer()?.screen().cloned().ok_or(Fault::NotAllowed)?;
    limited(Limit::SCREEN_REPORT, &asking.id.to_string()).await?;
    let pin = new_pin()?;
    let hash = people::hash_password(pin.digits().to_owned()).await?;

    let lang = people::manners()?.lang;
    let mut call = Call::open().await?;
    let screen = screen(&call)?;
    let item = find(&mut call, &screen, |item| item.id == id).await?.ok_or_else(not_here)?;
    let problem = services::find_problem(call.db(), screen.estate, id).await?.ok_or_else(not_here)?;
    // Nobody has to find words here: the problem's name says something then.
    let words = words.unwrap_or_else(|| item.name(lang).to_owned());
    let report = Report::parse(&id.to_string(), &format!("area:{}", screen.place.area), None, &words, &[], &[])?;
    let by =
        Sender { channel: Channel::Kiosk, lang, account: None, party: None, taken_by: None, urgency: problem.urgency };
    let (request, happening) = receive(&mut call, screen.estate, &report, &problem, by).await?;
    let now = call.now;
    store::insert_request_pin(call.db(), &request, &hash, now).await?;
    tell(&mut call, &request, &happening, &[]).await?;
    let contact: Vec<String> = [name, phone].into_iter().flatten().collect();
    if !contact.is_empty() {
        let noted = Happening::Noted { words: contact.join(" · ") };
        call.note(record_of(&request, &noted, &[])).await?;
    }
    let slip = ReportSlip {
        qr: people::qr(&format!("{}/track#{}", people::origin()?, request.code)),
        state: state_of(&request, &screen.zone, now),
        pin: Some(pin.digits().to_owned()),
        code: request.code,
    };
    let kept = slip.without_pin();
    call.commit_once(slip, &kept).await
}

/// Proof that a lobby screen asks.
fn screen(call: &Call) -> Result<ScreenDevice, Fault> {
    call.viewer.screen().cloned().ok_or(Fault::NotAllowed)
}

/// A problem that the place of a screen can have.
async fn find(call: &mut Call, screen: &ScreenDevice, is_it: impl Fn(&Item) -> bool) -> Result<Option<Item>, Fault> {
    let items = services::list_items(call.db(), screen.estate).await?;
    Ok(items.into_iter().find(|item| is_reported_here(item) && is_it(item)))
}

/// Where a resident's phone goes on. What was typed stands behind the `#`: browsers send that to no server.
fn way_on(screen: &ScreenDevice, item: &Item, words: &str) -> Result<String, Fault> {
    let (origin, estate, area) = (people::origin()?, screen.estate, screen.place.area);
    let words = if words.is_empty() { String::new() } else { format!("#words={}", encode(words)) };
    Ok(people::qr(&format!("{origin}/report/{}?estate={estate}&place=area:{area}{words}", item.slug)))
}
