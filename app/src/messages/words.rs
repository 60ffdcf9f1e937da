//! What a message says.

use super::model::{Side, Telling};
use crate::desk::news_text;
use crate::requests::{self, happening_icon, happening_text};
use crate::texts::Texts;
use crate::ui::WallClock;

/// A message as one sentence.
pub fn telling_text(t: Texts, telling: &Telling, clock: WallClock, side: Side) -> String {
    match telling {
        Telling::Happened { happening } => happening_text(t, happening, clock, reader(side)),
        Telling::Desk { news, words } => news_text(t, news, words),
    }
}

/// Its symbol.
pub fn telling_icon(telling: &Telling) -> &'static str {
    match telling {
        Telling::Happened { happening } => happening_icon(happening),
        Telling::Desk { news, .. } if news.is_urgent() => "alert",
        Telling::Desk { .. } => "chat",
    }
}

fn reader(side: Side) -> requests::Side {
    match side {
        Side::Home => requests::Side::Resident,
        Side::Office => requests::Side::Staff,
    }
}
