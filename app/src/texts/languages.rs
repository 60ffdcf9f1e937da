use super::{Lang, Tables, Texts};

/// One language as the server holds it, and its tables as browsers fetch them.
pub struct Language {
    all: Tables,
    without_office: Tables,
    /// What any page may say.
    pub common: File,
    /// What only the office's pages say.
    pub office: File,
}

/// A table as browsers fetch it.
pub struct File {
    /// The texts as a JSON array, in the order of their keys.
    pub json: &'static str,
    /// Where it lies: `/i18n/<lang>.<hash>.json`; another text, another name.
    pub path: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/texts_languages.rs"));

/// The tables of a language.
pub fn language(lang: Lang) -> &'static Language {
    match lang {
        Lang::En => &EN,
        Lang::Hans => &HANS,
        Lang::Hant => &HANT,
    }
}

impl Language {
    /// All texts: for the office's pages, and for what no browser brings to life.
    pub fn texts(&'static self, lang: Lang) -> Texts {
        Texts::new(lang, &self.all)
    }

    /// The texts of the pages whose browsers do not load the office's.
    pub fn texts_without_office(&'static self, lang: Lang) -> Texts {
        Texts::new(lang, &self.without_office)
    }

    /// Both tables.
    pub fn files(&'static self) -> [&'static File; 2] {
        [&self.common, &self.office]
    }
}
