//! Turns `locales/<lang>/<room>.json` into typed texts: one method a key, two tables a language: what any page may say,
//! and what only the office's pages say. A key that is missing, doubled, in another table or with other placeholders in
//! some language stops the build.

#![expect(clippy::expect_used, reason = "a build that cannot go on should stop")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{env, fs};

const LANGS: [(&str, &str); 3] = [("en", "EN"), ("zh-Hans", "HANS"), ("zh-Hant", "HANT")];

/// The rooms whose texts no resident, stranger or lobby screen is ever shown: the office's table. A key that others are
/// shown, too, belongs into another room; tests find it, because other pages are rendered without this table.
const OFFICE: [&str; 22] = [
    "activities_office",
    "bookings_office",
    "closing",
    "concierge_office",
    "conduct",
    "desk",
    "draws_office",
    "followups",
    "gallery",
    "incidents",
    "insights",
    "keys",
    "mail_office",
    "matter",
    "notices_office",
    "open311",
    "policy",
    "queue",
    "screens",
    "staff",
    "visitors_office",
    "work",
];

/// The texts of a table, by their keys.
type Table = BTreeMap<String, String>;

/// What any page may say, and what only the office's say.
#[derive(Default)]
struct Tables {
    common: Table,
    office: Table,
}

fn main() {
    println!("cargo:rerun-if-changed=locales");
    println!("cargo:rerun-if-changed=migrations");
    let all: Vec<Tables> = LANGS.iter().map(|(lang, _)| read(lang)).collect();
    compare("common", &all.iter().map(|tables| &tables.common).collect::<Vec<_>>());
    compare("office", &all.iter().map(|tables| &tables.office).collect::<Vec<_>>());

    let mut keys = String::from("impl Texts {\n");
    for (index, (key, text)) in all[0].common.iter().enumerate() {
        keys.push_str(&method("common", index, key, text));
    }
    for (index, (key, text)) in all[0].office.iter().enumerate() {
        keys.push_str(&method("office", index, key, text));
    }
    keys.push_str("}\n");

    let languages: String = LANGS.iter().zip(&all).map(|((lang, name), tables)| language(lang, name, tables)).collect();

    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("texts_keys.rs"), keys).expect("OUT_DIR is writable");
    fs::write(Path::new(&out).join("texts_languages.rs"), languages).expect("OUT_DIR is writable");
}

fn read(lang: &str) -> Tables {
    let folder = Path::new("locales").join(lang);
    let mut tables = Tables::default();
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("readable folder").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .collect();
    files.sort();
    for path in files {
        let text = fs::read_to_string(&path).expect("readable file");
        let room: Table = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let is_office = OFFICE.iter().any(|office| path.file_stem().is_some_and(|name| name == *office));
        for (key, text) in room {
            if tables.common.contains_key(&key) || tables.office.contains_key(&key) {
                panic!("{}: the key {key} stands in two rooms", path.display());
            }
            let table = if is_office { &mut tables.office } else { &mut tables.common };
            table.insert(key, text);
        }
    }
    tables
}

/// One table in all languages, in the order of the languages.
fn compare(name: &str, tables: &[&Table]) {
    let mut wrong = Vec::new();
    for ((lang, _), table) in LANGS.iter().zip(tables).skip(1) {
        wrong.extend(tables[0].keys().filter(|key| !table.contains_key(*key)).map(|key| format!("{lang} lacks {key}")));
        wrong.extend(table.keys().filter(|key| !tables[0].contains_key(*key)).map(|key| format!("en lacks {key}")));
        for (key, text) in tables[0] {
            if table.get(key).is_some_and(|other| holes(other) != holes(text)) {
                wrong.push(format!("{lang} has other placeholders in {key}"));
            }
        }
    }
    assert!(wrong.is_empty(), "locales differ ({name}): {}", wrong.join("; "));
}

/// `{name}` and `{name|one|other}` both ask for `name`.
fn holes(text: &str) -> BTreeSet<String> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
        .map(|hole| hole.split('|').next().unwrap_or(hole).to_owned())
        .collect()
}

/// `table` names the function of `Texts` that looks into it.
fn method(table: &str, index: usize, key: &str, text: &str) -> String {
    let holes = holes(text);
    let doc = text.replace('\n', " ");
    if holes.is_empty() {
        return format!("/// {doc}\npub fn {key}(self) -> &'static str {{ self.{table}({index}) }}\n");
    }
    let arguments: Vec<String> = holes.iter().map(|hole| format!("{hole}: impl std::fmt::Display")).collect();
    let values: Vec<String> = holes.iter().map(|hole| format!("({hole:?}, {hole}.to_string())")).collect();
    format!(
        "/// {doc}\npub fn {key}(self, {}) -> String {{ fill(self.{table}({index}), &[{}]) }}\n",
        arguments.join(", "),
        values.join(", "),
    )
}

/// A language as a constant for each table, and the `Language` that is made of them.
fn language(lang: &str, name: &str, tables: &Tables) -> String {
    let common: Vec<&String> = tables.common.values().collect();
    let office: Vec<&String> = tables.office.values().collect();
    let (common_file, office_file) = (file(lang, &common), file(&format!("{lang}.office"), &office));
    format!(
        "const {name}_COMMON: &[&str] = &{common:?};\n\
         const {name}_OFFICE: &[&str] = &{office:?};\n\
         /// {lang}\n\
         pub static {name}: Language = Language {{\n\
             all: Tables {{ common: {name}_COMMON, office: {name}_OFFICE }},\n\
             without_office: Tables {{ common: {name}_COMMON, office: &[] }},\n\
             common: {common_file},\n\
             office: {office_file},\n\
         }};\n"
    )
}

/// A table as browsers fetch it, named by its content, so that it can be cached for good.
fn file(stem: &str, texts: &[&String]) -> String {
    let json = serde_json::to_string(texts).expect("texts are plain strings");
    let path = format!("/i18n/{stem}.{:016x}.json", fnv(json.as_bytes()));
    format!("File {{ json: {json:?}, path: {path:?} }}")
}

/// FNV-1a.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
