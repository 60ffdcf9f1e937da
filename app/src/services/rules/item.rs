use super::super::model::{LONGEST_NAME, LONGEST_SLUG, Line};
use crate::estate::Names;
use crate::fault::{Fault, Note, Notes};

/// What the office puts into the catalogue to be ordered, before it publishes anything of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewService {
    /// In addresses.
    pub slug: String,
    /// Under which line it stands.
    pub line: Line,
    /// What people call it.
    pub names: Names,
}

impl NewService {
    /// Reads its form: a name in each language, and one in addresses, by default the English one.
    pub fn read(line: Line, [en, hans, hant]: [&str; 3], slug: Option<&str>) -> Result<Self, Fault> {
        let mut notes = Notes::default();
        let names = Names {
            en: notes.text("name_en", en, LONGEST_NAME),
            hans: notes.text("name_hans", hans, LONGEST_NAME),
            hant: notes.text("name_hant", hant, LONGEST_NAME),
        };
        let typed = slug.map(str::trim).filter(|slug| !slug.is_empty());
        let slug = typed.map_or_else(|| slug_of(&names.en), str::to_owned);
        // What has no English name is noted there.
        let is_unnamed = slug.is_empty() && names.en.is_empty();
        if !is_unnamed && !is_slug(&slug) {
            notes.add("slug", if slug.is_empty() { Note::Missing } else { Note::Malformed });
        }
        notes.check().map(|()| Self { slug, line, names })
    }
}

/// `dog-walking`
fn is_slug(text: &str) -> bool {
    text.len() <= LONGEST_SLUG as usize
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// A name in addresses, as far as an English one gives any.
fn slug_of(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    let slug: String = slug.chars().skip_while(|c| !c.is_ascii_lowercase()).take(LONGEST_SLUG as usize).collect();
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::NewService;
    use crate::fault::{Fault, Note};
    use crate::services::Line;

    fn slug(name: &str, typed: Option<&str>) -> Result<String, Fault> {
        NewService::read(Line::Customer, [name, "遛狗", "遛狗"], typed).map(|new| new.slug)
    }

    #[test]
    fn a_name_in_addresses_is_typed_or_taken_from_the_english_one() {
        assert_eq!(slug("Dog walking, twice a day!", None).as_deref(), Ok("dog-walking-twice-a-day"));
        assert_eq!(slug("24 h laundry", Some(" ")).as_deref(), Ok("h-laundry"));
        assert_eq!(slug("Dog walking", Some("dogs")).as_deref(), Ok("dogs"));
        assert_eq!(slug(&"ab ".repeat(20), None).map(|slug| slug.len()), Ok(40));
        assert_eq!(slug("24/7", None), Err(Fault::field("slug", Note::Missing)));
        for typed in ["Dogs", "2-dogs", "dog walking", "狗", &"a".repeat(41)] {
            assert_eq!(slug("Dog walking", Some(typed)), Err(Fault::field("slug", Note::Malformed)), "{typed}");
        }
    }
}
