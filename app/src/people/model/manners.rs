use crate::texts::Lang;
use serde::{Deserialize, Serialize};

/// How a page looks for one person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    /// As the device says.
    #[default]
    #[serde(rename = "auto")]
    Auto,
    /// Paper.
    #[serde(rename = "light")]
    Light,
    /// Ink.
    #[serde(rename = "dark")]
    Dark,
}

impl Theme {
    /// All, in the order in which they are offered.
    pub const ALL: [Theme; 3] = [Theme::Auto, Theme::Light, Theme::Dark];

    /// The value of `<html data-theme>`, the cookie and the database.
    pub fn tag(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.tag() == tag)
    }
}

/// Language, theme and type size: of an account, or of a browser that has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manners {
    /// The language of every text.
    pub lang: Lang,
    /// Light, dark, or as the device says.
    pub theme: Theme,
    /// Elder-friendly type: 125 % and more weight.
    pub large_text: bool,
}
