#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::{Drafted, NoticeBoard, NoticeDesk, NoticeForm, PostedSheet};
use crate::asking::Packed;
use crate::fault::Fault;
use crate::ids::{Key, NoticeId};
use crate::requests::Version;
use leptos::prelude::*;
use uuid::Uuid;

/// A page of 30 of what a resident's estates tell them, behind the notice `more`; or one of it, by its id.
#[server(endpoint = "notices/board", prefix = "/api")]
pub async fn load_notices(notice: Option<String>, more: Option<Uuid>) -> Result<Packed<NoticeBoard>, Fault> {
    crate::asking::packed(super::serve::board(notice, more).await)
}

/// One notice on a lobby screen, where it addresses everybody at the screen's place.
#[server(endpoint = "notices/posted", prefix = "/api")]
pub async fn load_posted(notice: String) -> Result<Packed<PostedSheet>, Fault> {
    crate::asking::packed(super::serve::posted_one(notice).await)
}

/// The caller has read one.
#[server(endpoint = "notices/read", prefix = "/api")]
pub async fn read_notice(key: Key, id: NoticeId) -> Result<(), Fault> {
    let _ = key;
    super::serve::read(id).await
}

/// A page of 30 of the notices of the caller's estate, behind the notice `more`; or one of them, by its id, with 50 of the
/// homes where nobody has read it, behind the unit `more`.
#[server(endpoint = "notices/desk", prefix = "/api")]
pub async fn load_notice_desk(notice: Option<String>, more: Option<Uuid>) -> Result<Packed<NoticeDesk>, Fault> {
    crate::asking::packed(super::serve::desk(notice, more).await)
}

/// The office drafts a notice. Returns its id.
#[server(endpoint = "notices/draft", prefix = "/api")]
pub async fn draft_notice(key: Key, #[server(default)] notice: NoticeForm) -> Result<Drafted, Fault> {
    let _ = key;
    super::serve::draft(notice).await
}

/// It is written otherwise, before anybody has approved it.
#[server(endpoint = "notices/change", prefix = "/api")]
pub async fn change_notice(
    key: Key,
    id: NoticeId,
    seen: Version,
    #[server(default)] notice: NoticeForm,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::change(id, seen, notice).await
}

/// The manager says yes: from now on its words stand.
#[server(endpoint = "notices/approve", prefix = "/api")]
pub async fn approve_notice(key: Key, id: NoticeId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::approve(id, seen).await
}

/// It comes out at a time on the estate's wall (`2026-12-24T18:00`), or at once.
#[server(endpoint = "notices/schedule", prefix = "/api")]
pub async fn schedule_notice(key: Key, id: NoticeId, seen: Version, publish: Option<String>) -> Result<(), Fault> {
    let _ = key;
    super::serve::schedule(id, seen, publish).await
}

/// It no longer applies, or never comes out, and why (1 to 500 characters).
#[server(endpoint = "notices/withdraw", prefix = "/api")]
pub async fn withdraw_notice(key: Key, id: NoticeId, seen: Version, reason: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::withdraw(id, seen, reason).await
}
