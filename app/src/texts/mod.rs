//! Every sentence that a person reads, in three languages. Views ask [`texts`] for the language of
//! this page load and call one method a key. A literal in a view would be a sentence that two of the
//! three kinds of readers cannot read; it must never happen.

mod lang;
#[cfg(feature = "ssr")]
mod languages;

pub use lang::Lang;
#[cfg(feature = "ssr")]
pub use languages::{File, Language, language};

use leptos::prelude::use_context;

/// The texts of one language; cheap to copy into handlers.
#[derive(Clone, Copy, Debug)]
pub struct Texts {
    /// The language that they are written in.
    pub lang: Lang,
    tables: &'static Tables,
}

/// A language's texts, in the order of their keys.
#[derive(Debug)]
pub struct Tables {
    /// What any page may say.
    pub common: &'static [&'static str],
    /// What only the office's pages say: empty on others, whose browsers never load it.
    pub office: &'static [&'static str],
}

/// Where nobody provided any: while the pages are listed.
static NONE: Tables = Tables { common: &[], office: &[] };

include!(concat!(env!("OUT_DIR"), "/texts_keys.rs"));

impl Texts {
    /// Texts as the server holds them, or as the browser loaded them once beside the wasm.
    pub fn new(lang: Lang, tables: &'static Tables) -> Self {
        Self { lang, tables }
    }

    fn common(self, index: usize) -> &'static str {
        self.tables.common.get(index).copied().unwrap_or_default()
    }

    fn office(self, index: usize) -> &'static str {
        match self.tables.office.get(index) {
            Some(text) => text,
            None => self.missing(),
        }
    }

    /// The server renders a page with the very tables that its browser loads. So a test that renders a page fails if the
    /// page says what only the office may, and browsers complain.
    #[cold]
    fn missing(self) -> &'static str {
        let has_none = self.tables.common.is_empty();
        if !has_none {
            leptos::logging::error!("a text of the office's on a page that does not load them");
        }
        debug_assert!(has_none, "a text of the office's on a page that does not load them");
        ""
    }
}

/// The texts of the page in which this is called; the app provides them at its root.
pub fn texts() -> Texts {
    use_context::<Texts>().unwrap_or(Texts { lang: Lang::En, tables: &NONE })
}

/// Fills `{name}` with its value, and `{name|one|other}` with the form that the number asks for.
fn fill(template: &str, values: &[(&str, String)]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((hole, behind)) = after.split_once('}') else { break };
        let mut parts = hole.split('|');
        let name = parts.next().unwrap_or_default();
        let value = values.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value);
        match (parts.next(), parts.next()) {
            (Some(one), Some(other)) => out.push_str(if value == "1" { one } else { other }),
            _ => out.push_str(value),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn holes_are_filled_and_numbers_choose_their_form() {
        let values = [("n", "1".to_owned()), ("who", "Mei".to_owned())];
        assert_eq!(fill("{who} sent {n} {n|photo|photos}", &values), "Mei sent 1 photo");
        assert_eq!(fill("{n} {n|photo|photos}", &[("n", "3".to_owned())]), "3 photos");
        assert_eq!(fill("no holes", &[]), "no holes");
    }
}
