//! What kinds, outcomes and countdowns are called.

use super::model::{ContactCard, ContactKind, ContactStage, DeskHappening, News, Offered};
use crate::moment::Moment;
use crate::people::{Colleague, role_word};
use crate::texts::Texts;
use crate::ui::{Choice, ChoiceGroup, WallClock};

/// What a contact is, in a word.
pub fn contact_kind_word(t: Texts, kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Repair => t.contact_repair(),
        ContactKind::Enquiry => t.contact_enquiry(),
        ContactKind::Complaint => t.contact_complaint(),
        ContactKind::Message => t.contact_message(),
    }
}

/// What somebody is told of a contact, as one sentence.
pub fn news_text(t: Texts, news: &News, words: &str) -> String {
    match news {
        News::Pressing => t.desk_news_pressing(words),
        News::Offered => t.desk_news_offered(words),
        News::Accepted => t.desk_news_accepted(words),
        News::Refused { reason } => t.desk_news_refused(reason, words),
        News::Left => t.desk_news_left(words),
        News::Breached => t.desk_news_breached(words),
        News::ReplyMissed => t.desk_news_reply_missed(words),
        News::Unanswered => t.desk_news_unanswered(words),
        News::CallbackDue => t.desk_news_callback_due(words),
    }
}

/// What somebody did at the desk, as one sentence; none of what came by itself.
pub fn deed_text(t: Texts, happening: &DeskHappening) -> Option<&'static str> {
    Some(match happening {
        DeskHappening::Registered => t.desk_did_register(),
        DeskHappening::Offered { .. } => t.desk_did_offer(),
        DeskHappening::Accepted { .. } => t.desk_did_accept(),
        DeskHappening::Claimed => t.desk_did_claim(),
        DeskHappening::TransferRefused { .. } => t.desk_did_refuse(),
        DeskHappening::TransferWithdrawn => t.desk_did_withdraw(),
        DeskHappening::Answered => t.desk_did_answer(),
        DeskHappening::ReplyPromised { .. } => t.desk_did_promise(),
        DeskHappening::CallbackTaken => t.desk_did_take_callback(),
        DeskHappening::CallbackDone => t.desk_did_call_back(),
        DeskHappening::LookedUp { .. } => t.desk_did_look_up(),
        DeskHappening::FollowedRequest
        | DeskHappening::Raised { .. }
        | DeskHappening::WallStopped
        | DeskHappening::WallBreached { .. }
        | DeskHappening::ReplyMissed
        | DeskHappening::LeftUnanswered
        | DeskHappening::CallbackMissed => return None,
    })
}

/// Where a contact stands, as one sentence.
pub(super) fn state_text(t: Texts, card: &ContactCard, clock: WallClock) -> String {
    match (card.stage, &card.offered) {
        (_, Some(Offered::Person(name))) => t.contact_offered(name),
        (_, Some(Offered::Department(names))) => t.contact_offered(names.of(t.lang)),
        (ContactStage::Promised { reply_by }, None) => t.contact_promised(clock.near(t, reply_by)),
        (ContactStage::Answered, None) => t.contact_answered(card.answer.clone().unwrap_or_default()),
        (ContactStage::Requested, None) => t.contact_requested(card.code.clone().unwrap_or_default()),
        (ContactStage::Open, None) => t.contact_open().to_owned(),
    }
}

/// `2:41` before the end, `+0:12` after it.
pub(super) fn countdown(due_at: Moment, clock: WallClock) -> (String, &'static str) {
    let left = (due_at - clock.now().moment()).num_seconds();
    let (minutes, seconds) = (left.unsigned_abs() / 60, left.unsigned_abs() % 60);
    let sign = if left < 0 { "+" } else { "" };
    let shown = if minutes >= 60 {
        format!("{sign}{}:{:02}:{seconds:02}", minutes / 60, minutes % 60)
    } else {
        format!("{sign}{minutes}:{seconds:02}")
    };
    let state = match left {
        ..=0 => "broken",
        1..=60 => "risk",
        _ => "good",
    };
    (shown, state)
}

/// To whom a contact may be handed: each team with its people, the team itself first.
pub(super) fn handing(t: Texts, colleagues: &[Colleague]) -> Vec<ChoiceGroup> {
    let mut groups: Vec<ChoiceGroup> = Vec::new();
    let mut last = None;
    for colleague in colleagues {
        let name = colleague.department.names.of(t.lang);
        if last != Some(colleague.department.id) {
            last = Some(colleague.department.id);
            let whole = Choice::new(format!("team:{}", colleague.department.id), t.matter_whole_team(name));
            groups.push(ChoiceGroup { label: name.to_owned(), choices: vec![whole] });
        }
        let role = colleague.roles.iter().max().map_or("", |role| role_word(t, *role));
        let choice = Choice::new(format!("person:{}", colleague.id), t.desk_hand(&colleague.name, role));
        if let Some(group) = groups.last_mut() {
            group.choices.push(choice);
        }
    }
    groups
}
