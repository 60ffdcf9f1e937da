//! Names drawn from names.toml: nobody is called like somebody else, and nobody has a number.

use std::collections::HashSet;

use app::texts::Lang;

use super::content::NameFile;
use super::dice::Dice;

/// What a person is called.
#[derive(Clone, Debug)]
pub struct Name {
    /// As the person writes it.
    pub own: String,
    /// In Latin letters.
    pub latin: String,
    /// Which surname of the file, to name relatives after.
    pub surname: Option<usize>,
}

/// Draws every name once.
pub struct Namer {
    file: NameFile,
    weights: Vec<u64>,
    taken: HashSet<String>,
    sign_ins: HashSet<String>,
    dice: Dice,
}

impl Namer {
    /// Nobody gets a name or a sign-in of those already there.
    pub fn new(mut file: NameFile, names: HashSet<String>, sign_ins: HashSet<String>) -> Self {
        let mut dice = Dice::of("names");
        dice.shuffle(&mut file.foreign);
        let weights = file.surnames.iter().map(|(.., weight)| *weight).collect();
        Self { file, weights, taken: names, sign_ins, dice }
    }

    /// Somebody who reads this language; with the surname of a relative where one is given.
    pub fn person(&mut self, lang: Lang, surname: Option<usize>) -> Option<Name> {
        (0..200).find_map(|_| self.draw(lang, surname)).filter(|name| self.taken.insert(name.own.clone()))
    }

    fn draw(&mut self, lang: Lang, surname: Option<usize>) -> Option<Name> {
        if lang == Lang::En
            && surname.is_none()
            && let Some(own) = self.file.foreign.pop()
        {
            return Some(Name { latin: own.clone(), own, surname: None });
        }
        let surname = surname.or_else(|| self.dice.weighted(&self.weights))?;
        let (hans, hant, pinyin, hk, _) = self.file.surnames.get(surname)?;
        let (given_hans, given_hant, given_pinyin) = self.dice.pick(&self.file.given)?;
        let western = format!("{} {hk}", self.dice.pick(&self.file.hk_given)?);
        let (own, latin) = match lang {
            Lang::Hans => (format!("{hans}{given_hans}"), format!("{pinyin} {given_pinyin}")),
            Lang::Hant => (format!("{hant}{given_hant}"), western),
            Lang::En => (western.clone(), western),
        };
        (!self.taken.contains(&own)).then_some(Name { own, latin, surname: Some(surname) })
    }

    /// The companies, in another order than the file's.
    pub fn companies(&mut self) -> Vec<app::estate::Names> {
        let mut companies: Vec<_> = self.file.company.iter().map(super::content::Named::names).collect();
        self.dice.shuffle(&mut companies);
        companies
    }

    /// A name to sign in with: `wangxiaoman`, else with the home's number behind it.
    pub fn sign_in(&mut self, name: &Name, lang: Lang, home: &str) -> String {
        let plain = ascii(&name.latin, if lang == Lang::Hans { "" } else { "." });
        let candidates = [plain.clone(), format!("{plain}.{home}"), format!("{plain}.{home}.ly")];
        let free =
            candidates.into_iter().find(|candidate| candidate.len() >= 3 && self.sign_ins.insert(candidate.clone()));
        free.unwrap_or_else(|| {
            let letters = format!("{plain}.{}", ascii(&name.own, ""));
            self.sign_ins.insert(letters.clone());
            letters
        })
    }
}

/// Lower-case ASCII letters only, with something for each space.
fn ascii(latin: &str, space: &str) -> String {
    let mut plain = String::new();
    for letter in latin.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' => plain.push(letter),
            ' ' => plain.push_str(space),
            'à'..='å' => plain.push('a'),
            'ç' | 'ć' | 'č' => plain.push('c'),
            'è'..='ë' => plain.push('e'),
            'ì'..='ï' => plain.push('i'),
            'ł' => plain.push('l'),
            'ń' | 'ñ' => plain.push('n'),
            'ò'..='ö' | 'ø' => plain.push('o'),
            'ù'..='ü' => plain.push('u'),
            'ý' | 'ÿ' => plain.push('y'),
            'ź' | 'ż' => plain.push('z'),
            _ => {}
        }
    }
    plain
}
