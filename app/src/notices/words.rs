//! What notices are called.

use super::model::{NoticeMove, NoticeNews, NoticeStage, Priority};
use crate::estate::UnitKind;
use crate::texts::Texts;

/// How far one has come, in a word.
pub fn stage_word(t: Texts, stage: NoticeStage) -> &'static str {
    match stage {
        NoticeStage::Draft => t.bulletin_draft(),
        NoticeStage::Approved => t.bulletin_approved(),
        NoticeStage::Scheduled => t.bulletin_scheduled(),
        NoticeStage::Published => t.bulletin_published(),
        NoticeStage::Expired => t.bulletin_expired(),
        NoticeStage::Withdrawn => t.bulletin_withdrawn(),
    }
}

/// Its symbol.
pub fn stage_icon(stage: NoticeStage) -> &'static str {
    match stage {
        NoticeStage::Draft => "pen",
        NoticeStage::Approved => "check",
        NoticeStage::Scheduled => "clock",
        NoticeStage::Published => "board",
        NoticeStage::Expired => "history",
        NoticeStage::Withdrawn => "cross",
    }
}

/// How much one matters, in a word.
pub fn priority_word(t: Texts, priority: Priority) -> &'static str {
    match priority {
        Priority::Ordinary => t.bulletin_ordinary(),
        Priority::Important => t.bulletin_important(),
        Priority::Emergency => t.bulletin_emergency(),
    }
}

/// Units that are for this.
pub fn use_word(t: Texts, kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Flat => t.bulletin_flats(),
        UnitKind::Shop => t.bulletin_shops(),
        UnitKind::Office => t.bulletin_offices(),
    }
}

/// A move of the office's: its symbol and word.
pub fn move_word(t: Texts, what: NoticeMove) -> (&'static str, &'static str) {
    match what {
        NoticeMove::Change => ("pen", t.bulletin_do_change()),
        NoticeMove::Approve => ("check", t.bulletin_do_approve()),
        NoticeMove::Schedule => ("send", t.bulletin_do_publish()),
        NoticeMove::Withdraw => ("cross", t.bulletin_do_withdraw()),
    }
}

/// What somebody is told of one.
pub fn notice_news_text(t: Texts, news: NoticeNews, title: &str, is_emergency: bool) -> String {
    match news {
        NoticeNews::Drafted => t.told_notice_drafted(title),
        NoticeNews::Approved => t.told_notice_approved(title),
        NoticeNews::Published if is_emergency => t.told_notice_emergency(title),
        NoticeNews::Published => t.told_notice(title),
    }
}

/// Its symbol.
pub fn notice_news_icon(news: NoticeNews, is_emergency: bool) -> &'static str {
    match news {
        NoticeNews::Drafted => "pen",
        NoticeNews::Approved => "check",
        NoticeNews::Published if is_emergency => "alert",
        NoticeNews::Published => "board",
    }
}
