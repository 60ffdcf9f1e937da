//! Turns `locales/<lang>/<room>.json` into typed texts: one method a key, one table a language.
//! A key that is missing, doubled or has other placeholders in some language stops the build.

#![expect(clippy::expect_used, reason = "a build that cannot go on should stop")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

const LANGS: [(&str, &str); 3] = [("en", "EN"), ("zh-Hans", "HANS"), ("zh-Hant", "HANT")];

fn main() {
    println!("cargo:rerun-if-changed=locales");
    println!("cargo:rerun-if-changed=migrations");
    let tables: Vec<BTreeMap<String, String>> = LANGS.iter().map(|(lang, _)| read(lang)).collect();
    compare(&tables);

    let mut keys = String::from("impl Texts {\n");
    for (index, (key, text)) in tables[0].iter().enumerate() {
        keys.push_str(&method(index, key, text));
    }
    keys.push_str("}\n");

    let mut languages = String::new();
    for ((lang, name), table) in LANGS.iter().zip(&tables) {
        let texts: Vec<&String> = table.values().collect();
        let json = serde_json::to_string(&texts).expect("texts are plain strings");
        let _ = writeln!(
            languages,
            "/// {lang}\npub static {name}: Language = Language {{ texts: &{texts:?}, json: {json:?}, hash: \"{:016x}\" }};",
            fnv(json.as_bytes()),
        );
    }

    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("texts_keys.rs"), keys).expect("OUT_DIR is writable");
    fs::write(Path::new(&out).join("texts_languages.rs"), languages).expect("OUT_DIR is writable");
}

fn read(lang: &str) -> BTreeMap<String, String> {
    let folder = Path::new("locales").join(lang);
    let mut table = BTreeMap::new();
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("readable folder").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .collect();
    files.sort();
    for path in files {
        let text = fs::read_to_string(&path).expect("readable file");
        let room: BTreeMap<String, String> =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for (key, text) in room {
            if table.insert(key.clone(), text).is_some() {
                panic!("{}: the key {key} stands in two rooms", path.display());
            }
        }
    }
    table
}

fn compare(tables: &[BTreeMap<String, String>]) {
    let mut wrong = Vec::new();
    for ((lang, _), table) in LANGS.iter().zip(tables).skip(1) {
        wrong.extend(tables[0].keys().filter(|key| !table.contains_key(*key)).map(|key| format!("{lang} lacks {key}")));
        wrong.extend(table.keys().filter(|key| !tables[0].contains_key(*key)).map(|key| format!("en lacks {key}")));
        for (key, text) in &tables[0] {
            if table.get(key).is_some_and(|other| holes(other) != holes(text)) {
                wrong.push(format!("{lang} has other placeholders in {key}"));
            }
        }
    }
    assert!(wrong.is_empty(), "locales differ: {}", wrong.join("; "));
}

/// `{name}` and `{name|one|other}` both ask for `name`.
fn holes(text: &str) -> BTreeSet<String> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
        .map(|hole| hole.split('|').next().unwrap_or(hole).to_owned())
        .collect()
}

fn method(index: usize, key: &str, text: &str) -> String {
    let holes = holes(text);
    let doc = text.replace('\n', " ");
    if holes.is_empty() {
        return format!("/// {doc}\npub fn {key}(self) -> &'static str {{ self.at({index}) }}\n");
    }
    let arguments: Vec<String> = holes.iter().map(|hole| format!("{hole}: impl std::fmt::Display")).collect();
    let values: Vec<String> = holes.iter().map(|hole| format!("({hole:?}, {hole}.to_string())")).collect();
    format!(
        "/// {doc}\npub fn {key}(self, {}) -> String {{ fill(self.at({index}), &[{}]) }}\n",
        arguments.join(", "),
        values.join(", "),
    )
}

/// Names a language file by its content (FNV-1a), so that it can be cached for good.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
