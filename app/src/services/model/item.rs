use crate::estate::{AreaRef, BuildingRef, EstateRef, Names};
use crate::ids::{AccountId, ItemId};
use crate::people::Home;
use crate::texts::Lang;
use serde::{Deserialize, Serialize};

/// How pressing a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// 一般
    Normal,
    /// 紧急
    Urgent,
    /// 突发: interrupts with the number to call, and is still filed.
    Emergency,
}

impl Urgency {
    /// All, least first.
    pub const ALL: [Urgency; 3] = [Urgency::Normal, Urgency::Urgent, Urgency::Emergency];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Urgency::Normal => "normal",
            Urgency::Urgent => "urgent",
            Urgency::Emergency => "emergency",
        }
    }

    /// The urgency of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|urgency| urgency.tag() == tag)
    }
}

/// Where a problem can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whereabouts {
    /// In somebody's unit.
    Home,
    /// In a common area.
    Common,
    /// Either.
    Both,
}

/// A node of the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The node.
    pub id: ItemId,
    /// Its category; none for a category.
    pub parent: Option<ItemId>,
    /// In addresses: `dripping-tap`.
    pub slug: String,
    /// A symbol of the sprite.
    pub icon: String,
    /// What people call it.
    pub names: Names,
    /// Other words for it, in all languages.
    pub keywords: String,
    /// Where it can be.
    pub place: Whereabouts,
    /// How pressing it is.
    pub urgency: Urgency,
    /// For emergencies: whom to call at once.
    pub call_number: Option<String>,
    /// For emergencies: what to do meanwhile.
    pub advice: Option<Names>,
}

impl Item {
    /// Whether a search for these words finds it, in any language.
    pub fn matches(&self, words: &str) -> bool {
        let words = words.trim().to_lowercase();
        let texts = [&self.names.en, &self.names.hans, &self.names.hant, &self.keywords];
        words.is_empty() || texts.iter().any(|text| text.to_lowercase().contains(&words))
    }

    /// The name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        self.names.of(lang)
    }
}

/// All that the report's pages offer in one estate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogue {
    /// Who asks: drafts are theirs alone.
    pub account: AccountId,
    /// The estate and its phones.
    pub estate: EstateRef,
    /// All estates where the caller has a home, where there are several.
    pub estates: Vec<EstateRef>,
    /// The whole tree, categories before their problems.
    pub items: Vec<Item>,
    /// The caller's homes in this estate.
    pub homes: Vec<Home>,
    /// For places in common.
    pub buildings: Vec<BuildingRef>,
    /// Places in common.
    pub areas: Vec<AreaRef>,
    /// The first day that a preferred time may name, on the estate's wall.
    pub today: chrono::NaiveDate,
}

impl Catalogue {
    /// The address of a page of the report: `/report`, or that of a problem. Whoever has homes in several estates
    /// stays in this one.
    pub fn address(&self, problem: Option<&str>) -> String {
        let slash = if problem.is_some() { "/" } else { "" };
        let path = format!("/report{slash}{}", problem.unwrap_or_default());
        if self.estates.is_empty() { path } else { format!("{path}?estate={}", self.estate.id) }
    }

    /// The categories, in order.
    pub fn groups(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.parent.is_none())
    }

    /// The problems of a category.
    pub fn of_group(&self, group: ItemId) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.parent == Some(group))
    }

    /// The problem of an address.
    pub fn problem(&self, slug: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.slug == slug && item.parent.is_some())
    }
}
