//! Who comes to the lobby, in words.

use super::model::{Answer, Purpose, Visit, VisitNews};
use crate::texts::Texts;
use crate::ui::{Choice, WallClock};

/// What somebody comes for, in a word.
pub fn purpose_word(t: Texts, purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Visit => t.visit_for_visit(),
        Purpose::Delivery => t.visit_for_delivery(),
        Purpose::Work => t.visit_for_work(),
        Purpose::Complaint => t.visit_for_complaint(),
        Purpose::Other => t.visit_for_other(),
    }
}

/// All purposes, for a form.
pub fn purposes(t: Texts) -> Vec<Choice> {
    Purpose::ALL.map(|purpose| Choice::new(purpose.tag(), purpose_word(t, purpose))).to_vec()
}

/// What whoever lives there says: its symbol and word.
pub fn answer_word(t: Texts, answer: Answer) -> (&'static str, &'static str) {
    match answer {
        Answer::Up => ("check", t.visit_up()),
        Answer::Down => ("user-check", t.visit_down()),
        Answer::NotNow => ("cross", t.visit_not_now()),
    }
}

/// When somebody came, and what for.
pub fn came_text(t: Texts, visit: &Visit, clock: WallClock) -> String {
    let place = visit.place.as_ref().map_or_else(|| t.visit_at_desk().to_owned(), |place| place.label(t));
    t.visit_came(place, purpose_word(t, visit.purpose), clock.near(t, visit.asked_at))
}

/// What somebody is told of the lobby.
pub fn visit_news_text(t: Texts, news: &VisitNews) -> String {
    match news {
        VisitNews::Rings { place } => t.told_ring(place.label(t)),
        VisitNews::Waits { home, .. } => t.told_visitor(home.label(t)),
        VisitNews::Complains => t.told_visitor_complains().to_owned(),
    }
}

/// Its symbol.
pub fn visit_news_icon(news: &VisitNews) -> &'static str {
    match news {
        VisitNews::Rings { .. } => "bell",
        VisitNews::Waits { .. } => "door",
        VisitNews::Complains => "alert",
    }
}
