//! What is left at the desk, and what became of it, in words.

use super::model::{MailItem, MailKind, MailNews, MailStage, PassedHow, Relay, Way};
use crate::texts::Texts;
use crate::ui::WallClock;

/// What comes by mail, in a word.
pub fn mail_kind_word(t: Texts, kind: MailKind) -> &'static str {
    match kind {
        MailKind::Letter => t.mail_letter(),
        MailKind::Newspaper => t.mail_newspaper(),
        MailKind::Registered => t.mail_registered(),
        MailKind::Parcel => t.mail_parcel(),
        MailKind::OwnerLetter => t.mail_owner_letter(),
    }
}

/// How far an item has come: its symbol and word.
pub fn mail_stage_word(t: Texts, stage: MailStage) -> (&'static str, &'static str) {
    match stage {
        MailStage::Waiting => ("clock", t.mail_waiting()),
        MailStage::HandedOut => ("check-circle", t.mail_handed_out()),
        MailStage::SentBack => ("undo", t.mail_sent_back()),
    }
}

/// In or out, for the office.
pub fn way_word(t: Texts, way: Way) -> &'static str {
    match way {
        Way::In => t.mail_in(),
        Way::Out => t.mail_out(),
    }
}

/// What became of an item, as one sentence.
pub fn item_state_text(t: Texts, item: &MailItem, clock: WallClock) -> String {
    let when = clock.near(t, item.stage_at);
    match (item.stage, &item.receipt) {
        (MailStage::HandedOut, Some(receipt)) => t.mail_signed_by(&receipt.signer, when),
        (MailStage::SentBack, _) => t.mail_went_back(item.reason.clone().unwrap_or_default(), when),
        _ => t.mail_kept_until(clock.at(item.due_at).full(t)),
    }
}

/// Whether, when and by which way words reached whom they are for.
pub fn passed_text(t: Texts, relay: &Relay, clock: WallClock) -> String {
    let when = relay.passed_at.map(|at| clock.near(t, at)).unwrap_or_default();
    match relay.passed_how {
        None => t.relay_open().to_owned(),
        Some(PassedHow::Inbox) => t.relay_passed_inbox(when),
        Some(PassedHow::Phone) => t.relay_passed_phone(when),
        Some(PassedHow::InPerson) => t.relay_passed_in_person(when),
    }
}

/// Whom to call back, and by when.
pub fn call_text(t: Texts, phone: Option<&str>, by: Option<String>) -> Option<String> {
    match (phone, by) {
        (Some(phone), Some(by)) => Some(t.relay_call_by(phone, by)),
        (Some(phone), None) => Some(t.relay_call(phone)),
        (None, _) => None,
    }
}

/// Words that were left, as their reader is told.
pub fn relay_text(t: Texts, from: &str, words: &str, phone: Option<&str>, by: Option<String>) -> String {
    let said = t.told_relay(from, words);
    match call_text(t, phone, by) {
        Some(call) => format!("{said} {call}"),
        None => said,
    }
}

/// What became of something that came by mail; with the home where it is told to the office.
pub fn mail_news_text(
    t: Texts,
    news: &MailNews,
    kind: MailKind,
    carrier: &str,
    home: Option<String>,
    clock: WallClock,
) -> String {
    let kind = mail_kind_word(t, kind);
    match (news, home) {
        (MailNews::Waits { until }, _) => t.told_mail_waits(carrier, kind, clock.at(*until).full(t)),
        (MailNews::HandedOut { signer }, _) => t.told_mail_handed_out(carrier, kind, signer),
        (MailNews::Over, Some(home)) => t.told_mail_over_desk(home, kind),
        (MailNews::Over, None) => t.told_mail_over(carrier, kind),
        (MailNews::SentBack { reason }, _) => t.told_mail_sent_back(carrier, kind, reason),
    }
}

/// Its symbol.
pub fn mail_news_icon(news: &MailNews) -> &'static str {
    match news {
        MailNews::Waits { .. } => "inbox",
        MailNews::HandedOut { .. } => "check-circle",
        MailNews::Over => "clock",
        MailNews::SentBack { .. } => "undo",
    }
}
