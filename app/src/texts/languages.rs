use super::{Lang, Texts};

/// One language as the server holds it and as browsers fetch it.
pub struct Language {
    texts: &'static [&'static str],
    /// The same texts as a JSON array, in the order of the keys.
    pub json: &'static str,
    /// Names the file; another text, another name.
    pub hash: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/texts_languages.rs"));

/// The table of a language.
pub fn language(lang: Lang) -> &'static Language {
    match lang {
        Lang::En => &EN,
        Lang::Hans => &HANS,
        Lang::Hant => &HANT,
    }
}

impl Language {
    /// The texts, ready to be provided to a page.
    pub fn texts(&self, lang: Lang) -> Texts {
        Texts::new(lang, self.texts)
    }

    /// Where browsers fetch it: `/i18n/<lang>.<hash>.json`.
    pub fn path(&self, lang: Lang) -> String {
        format!("/i18n/{}.{}.json", lang.tag(), self.hash)
    }
}
