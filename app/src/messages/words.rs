//! What a message says.

use super::model::{Side, Telling};
use crate::activities::{activity_news_icon, activity_news_text};
use crate::bookings::{booking_news_icon, booking_news_text};
use crate::concierge::{service_news_icon, service_news_text};
use crate::desk::news_text;
use crate::mail::{mail_news_icon, mail_news_text, relay_text};
use crate::notices::{notice_news_icon, notice_news_text};
use crate::people::lapse_word;
use crate::requests::{self, Happening, happening_icon, happening_text};
use crate::texts::Texts;
use crate::ui::WallClock;
use crate::visitors::{visit_news_icon, visit_news_text};

/// A message as one sentence.
pub fn telling_text(t: Texts, telling: &Telling, clock: WallClock, side: Side) -> String {
    match telling {
        // Whoever reports it themselves is not told: at home it was the desk.
        Telling::Happened { happening: Happening::Received { .. } } if side == Side::Home => {
            t.told_received().to_owned()
        }
        Telling::Happened { happening } => happening_text(t, happening, clock, reader(side)),
        Telling::Desk { news, words } => news_text(t, news, words),
        Telling::Check { note, .. } => t.told_check(note),
        Telling::Booking { news, facility, starts_at, .. } => {
            booking_news_text(t, news, facility.of(t.lang), *starts_at, clock)
        }
        Telling::Service { news, service, .. } => service_news_text(t, news, service.of(t.lang), clock),
        Telling::Relay { from, phone, words, call_by, .. } => {
            relay_text(t, from, words, phone.as_deref(), call_by.map(|by| clock.at(by).full(t)))
        }
        Telling::Mail { news, mail, carrier, home } => {
            let home = (side == Side::Office).then(|| home.label(t));
            mail_news_text(t, news, *mail, carrier, home, clock)
        }
        Telling::Lobby { news } => visit_news_text(t, news),
        Telling::Activity { news, title, starts_at, .. } => {
            activity_news_text(t, news, title.of(t.lang), clock.at(*starts_at).full(t))
        }
        Telling::Notice { news, title, is_emergency, .. } => {
            notice_news_text(t, *news, title.of(title.nearest(t.lang)), *is_emergency)
        }
        Telling::Lapse { kind, said, is_withdrawn, .. } => {
            let kind = lapse_word(t, *kind);
            if *is_withdrawn { t.told_lapse_struck(kind, said) } else { t.told_lapse(kind, said) }
        }
    }
}

/// Its symbol.
pub fn telling_icon(telling: &Telling) -> &'static str {
    match telling {
        Telling::Happened { happening } => happening_icon(happening),
        Telling::Desk { news, .. } if news.is_urgent() => "alert",
        Telling::Desk { .. } => "chat",
        Telling::Check { .. } => "user-check",
        Telling::Lapse { .. } => "pen",
        Telling::Booking { news, .. } => booking_news_icon(news),
        Telling::Service { news, .. } => service_news_icon(news),
        Telling::Relay { .. } => "chat",
        Telling::Mail { news, .. } => mail_news_icon(news),
        Telling::Lobby { news } => visit_news_icon(news),
        Telling::Activity { news, .. } => activity_news_icon(news),
        Telling::Notice { news, is_emergency, .. } => notice_news_icon(*news, *is_emergency),
    }
}

fn reader(side: Side) -> requests::Side {
    match side {
        Side::Home => requests::Side::Resident,
        Side::Office => requests::Side::Staff,
    }
}
