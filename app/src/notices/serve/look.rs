use super::super::markdown;
use super::super::model::{
    Notice, NoticeBoard, NoticeDesk, NoticeEntry, NoticeFile, NoticeLine, NoticeSheet, NoticeStage, Posted, PostedSheet,
};
use super::super::store;
use super::{hand, record};
use crate::call::Call;
use crate::estate::{self, Names};
use crate::fault::{Fault, Refusal};
use crate::happenings::Record;
use crate::ids::{BuildingId, EstateId, NoticeId};
use crate::people::{Resident, Staff, origin, qr};
use uuid::Uuid;

/// What the caller's estates tell them at home; or one of it, by its id.
pub async fn board(notice: Option<String>, more: Option<Uuid>) -> Result<NoticeBoard, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let (now, reader, estates) = (call.now, resident.person.account, estates_of(&resident));
    let Some(id) = asked(notice)? else {
        let (notices, next) = store::list_for(call.db(), &estates, reader, more, now).await?;
        return Ok(NoticeBoard { notices, next, one: None, wall: call.wall() });
    };
    let found = store::find_for(call.db(), &estates, reader, id, now).await?;
    let (notice, line) = found.ok_or(Fault::NotFound)?;
    let zone = estate::store::zone(call.db(), notice.estate).await?;
    let one = Some(sheet(notice, line));
    Ok(NoticeBoard { notices: Vec::new(), next: None, one, wall: estate::wall(&zone, now) })
}

/// What a lobby screen shows of a building, or of the grounds: nothing that addresses some of its people only. An emergency
/// comes in full, all else by its title.
pub async fn posted(call: &mut Call, estate: EstateId, building: Option<BuildingId>) -> Result<Vec<Posted>, Fault> {
    let notices = store::list_posted(call.db(), estate, building).await?;
    let posted = notices.into_iter().map(|notice| {
        let is_emergency = notice.is_alarm();
        let none = Names { en: String::new(), hans: String::new(), hant: String::new() };
        let html = if is_emergency { unlinked(&notice.text.body) } else { none };
        Posted { id: notice.id, title: notice.text.title, html, is_emergency }
    });
    Ok(posted.collect())
}

/// One of them in full, by its id.
pub async fn posted_one(notice: String) -> Result<PostedSheet, Fault> {
    let mut call = Call::read().await?;
    let screen = call.viewer.screen().cloned().ok_or(Fault::NotAllowed)?;
    let id = notice.parse::<NoticeId>().map_err(|_| Fault::NotFound)?;
    let found = store::find_posted(call.db(), screen.estate, screen.place.building, id).await?;
    let notice = found.ok_or(Fault::NotFound)?;
    let (is_emergency, html) = (notice.is_alarm(), unlinked(&notice.text.body));
    Ok(PostedSheet {
        priority: notice.text.priority,
        since: notice.published_at.unwrap_or(notice.stage_at),
        until: notice.text.expires_at,
        posted: Posted { id: notice.id, title: notice.text.title, html, is_emergency },
        wall: call.wall(),
    })
}

/// The id that an address names; another address leads nowhere.
fn asked(notice: Option<String>) -> Result<Option<NoticeId>, Fault> {
    let typed = notice.filter(|typed| !typed.is_empty());
    typed.map(|typed| typed.parse().map_err(|_| Fault::NotFound)).transpose()
}

/// A notice as it is read.
fn sheet(notice: Notice, line: NoticeLine) -> NoticeSheet {
    let html = rendered(&notice.text.body);
    NoticeSheet { line, html, reason: notice.reason.filter(|_| notice.published_at.is_some()) }
}

fn rendered(body: &Names) -> Names {
    let Names { en, hans, hant } = body;
    Names { en: markdown::render(en), hans: markdown::render(hans), hant: markdown::render(hant) }
}

/// The same for a lobby screen, out of which nothing leads: of a link, its words.
fn unlinked(body: &Names) -> Names {
    let clean = markdown::render_without_links;
    let Names { en, hans, hant } = body;
    Names { en: clean(en), hans: clean(hans), hant: clean(hant) }
}

fn estates_of(resident: &Resident) -> Vec<EstateId> {
    let mut estates: Vec<_> = resident.homes.iter().map(|home| home.estate).collect();
    estates.sort_unstable();
    estates.dedup();
    estates
}

/// The caller has read one that addresses them, or that they see in the office; once, however often they say so.
pub async fn read(id: NoticeId) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let reader = call.viewer.account()?;
    let now = call.now;
    let mut found = None;
    if let Ok(resident) = call.viewer.resident() {
        found = store::find_for(call.db(), &estates_of(&resident), reader, id, now).await?;
    }
    if found.is_none()
        && let Ok(staff) = call.viewer.staff()
    {
        found = store::find(call.db(), staff.estate, id, reader).await?.filter(|(notice, _)| sees(&staff, notice));
    }
    let (notice, _) = found.ok_or(Fault::NotFound)?;
    if notice.stage != NoticeStage::Published {
        return Err(Refusal::AlreadyMoved.into());
    }
    if store::put_receipt(call.db(), &notice, reader, now).await? {
        // Their own pages know, wherever they are open; how many have read it is the office's to see.
        let read = Record { is_public: false, is_heard_at_home: true, reader: Some(reader), ..record(&notice, "read") };
        call.record(read).await?;
    }
    call.commit(()).await
}

/// Whether somebody of the office sees one: those who see notices through all of them, whoever works there an emergency.
fn sees(staff: &Staff, notice: &Notice) -> bool {
    let hand = hand(staff);
    hand.drafts || hand.approves || notice.is_alarm()
}

/// The notices of the caller's estate, for those who see them through; or one of them, by its id.
pub async fn desk(notice: Option<String>, more: Option<Uuid>) -> Result<NoticeDesk, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    let (now, estate, reader) = (call.now, staff.estate, staff.person.account);
    let hand = hand(&staff);
    let is_hand = hand.drafts || hand.approves;
    let wall = call.wall();
    let Some(id) = asked(notice)? else {
        if !is_hand {
            return Err(Fault::NotAllowed);
        }
        let (notices, next) = store::list(call.db(), estate, reader, more).await?;
        let buildings = estate::store::list_buildings(call.db(), estate).await?;
        return Ok(NoticeDesk { notices, next, one: None, buildings, may_draft: hand.drafts, wall });
    };
    let found = store::find(call.db(), estate, id, reader).await?;
    let (notice, line) = found.filter(|(notice, _)| sees(&staff, notice)).ok_or(Fault::NotFound)?;
    let sheet = sheet(notice.clone(), line);
    if !is_hand {
        let one = Some(NoticeEntry { sheet, file: None });
        return Ok(NoticeDesk { notices: Vec::new(), next: None, one, buildings: Vec::new(), may_draft: false, wall });
    }
    let buildings = estate::store::list_buildings(call.db(), estate).await?;
    let (homes, read) = store::count_homes(call.db(), &notice, now).await?;
    let (unread, next) = match notice.published_at {
        Some(_) => store::list_unread(call.db(), &notice, more, now).await?,
        None => (Vec::new(), None),
    };
    let (names, _) = estate::store::find(call.db(), estate).await?;
    let file = NoticeFile {
        estate: names.names,
        qr: qr(&format!("{}/notices/{}", origin()?, notice.id)),
        units: store::list_units(call.db(), &notice).await?,
        moves: notice.office_moves(hand),
        homes,
        read,
        unread,
        notice,
    };
    let one = Some(NoticeEntry { sheet, file: Some(file) });
    Ok(NoticeDesk { notices: Vec::new(), next, one, buildings, may_draft: hand.drafts, wall })
}
