use super::notice::Notice;
use crate::estate::Names;
use crate::moment::{Moment, When};
use serde::{Deserialize, Serialize};

/// A notice as its form says it: numbers and times as they are typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoticeForm {
    /// What it is called, in each language that it is written in.
    pub title_en: String,
    /// 简体中文
    pub title_hans: String,
    /// 繁體中文
    pub title_hant: String,
    /// What it says, in Markdown.
    pub body_en: String,
    /// 简体中文
    pub body_hans: String,
    /// 繁體中文
    pub body_hant: String,
    /// The tag of a priority.
    pub priority: String,
    /// Until when it applies on the estate's wall: `2026-12-24T18:00`; empty: until it is withdrawn.
    pub expires: String,
    /// The ids of buildings; none: all.
    pub buildings: Vec<String>,
    /// `3, 5-8`; empty: all.
    pub floors: String,
    /// `01, 02`; empty: all.
    pub stacks: String,
    /// The numbers of units, in those buildings: `1203, 1204`; empty: all.
    pub units: String,
    /// `flat`, `shop`, `office`; none: all.
    pub uses: Vec<String>,
    /// The tags of kinds of occupancy; none: all.
    pub kinds: Vec<String>,
}

impl NoticeForm {
    /// A notice as its form shows it, with the clock that shows an instant.
    pub fn of(notice: &Notice, at: impl Fn(Moment) -> When) -> Self {
        let text = &notice.text;
        let shown = |moment: Moment| {
            let when = at(moment);
            format!("{}T{}", when.day(), when.clock())
        };
        let floors: Vec<_> = text.audience.floors.iter().map(ToString::to_string).collect();
        let Names { en: title_en, hans: title_hans, hant: title_hant } = text.title.clone();
        let Names { en: body_en, hans: body_hans, hant: body_hant } = text.body.clone();
        Self {
            title_en,
            title_hans,
            title_hant,
            body_en,
            body_hans,
            body_hant,
            priority: text.priority.tag().to_owned(),
            expires: text.expires_at.map(shown).unwrap_or_default(),
            buildings: text.audience.buildings.iter().map(ToString::to_string).collect(),
            floors: floors.join(", "),
            stacks: text.audience.stacks.join(", "),
            units: notice.numbers.join(", "),
            uses: text.audience.uses.iter().map(|kind| kind.tag().to_owned()).collect(),
            kinds: text.audience.kinds.iter().map(|kind| kind.tag().to_owned()).collect(),
        }
    }
}
