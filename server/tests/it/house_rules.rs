//! The rules of the code that can be found by reading it.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The files of a folder whose names end so, with their texts.
pub fn files(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, ending: &str, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, ending, found);
            } else if path.to_string_lossy().ends_with(ending) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    let mut found = Vec::new();
    walk(&root, ending, &mut found);
    assert!(!found.is_empty(), "{folder} has no {ending}");
    found
}

fn offenders(folder: &str, ending: &str, bad: impl Fn(&Path, &str) -> bool) -> Vec<String> {
    files(folder, ending)
        .iter()
        .flat_map(|(path, text)| {
            let lines = text.lines().enumerate().filter(|(_, line)| bad(path, line));
            lines.map(move |(number, line)| format!("{}:{}: {}", path.display(), number + 1, line.trim()))
        })
        .collect()
}

fn is_named(path: &Path, names: &[&str]) -> bool {
    path.file_name().is_some_and(|name| names.iter().any(|allowed| name == *allowed))
}

#[test]
fn features_are_gated_by_whole_files() {
    let found = offenders("app/src", ".rs", |path, line| {
        line.contains("feature = \"") && !is_named(path, &["lib.rs", "ids.rs", "mod.rs"])
    });
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn sql_stands_in_stores() {
    let found = offenders("app/src", ".rs", |path, line| {
        let in_store = path.components().any(|part| part.as_os_str() == "store")
            || is_named(path, &["store.rs", "happenings.rs", "replay.rs"]);
        line.contains("sqlx::query") && !in_store
    });
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn server_functions_name_their_endpoint_and_are_posted() {
    let found = offenders("app/src", ".rs", |path, line| {
        let server = line.trim_start().starts_with("#[server(") && !line.contains("#[server(default");
        server && (!line.contains("endpoint = \"") || line.contains("Get") || !is_named(path, &["api.rs"]))
    });
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn every_write_takes_a_key() {
    // What only reads; everything else must say `key: Key`.
    const READS: &[&str] = &[
        "load_counter",
        "load_activities",
        "load_activity_desk",
        "load_shelf",
        "load_mail_desk",
        "load_own_mail",
        "load_bell",
        "load_door",
        "load_own_visit",
        "load_visit_book",
        "load_service_book",
        "load_service",
        "load_service_order",
        "load_service_desk",
        "load_service_entry",
        "load_service_for",
        "load_waiting",
        "load_draw",
        "load_draws",
        "load_week",
        "load_week_for",
        "load_facility",
        "load_finds",
        "load_booking",
        "load_diary",
        "load_entry",
        "find_callers",
        "load_wall",
        "load_contacts",
        "load_inbox",
        "load_notices",
        "load_notice_desk",
        "load_posted",
        "load_follow_ups",
        "load_incidents",
        "load_incident",
        "load_nearby",
        "load_dashboard",
        "load_log",
        "load_rows",
        "load_keys",
        "load_closing",
        "load_board",
        "load_standing",
        "load_carried",
        "load_problem_form",
        "load_problems",
        "load_screens",
        "load_frame",
        "load_office",
        "load_me",
        "load_unit",
        "load_team",
        "load_keys",
        "load_home",
        "load_mine",
        "load_track",
        "load_queue",
        "load_filters",
        "load_listing",
        "load_matter",
        "load_clocks",
        "load_jobs",
        "load_assigning",
        "load_hand",
        "load_conduct",
        "load_order",
        "load_policy",
        "load_preview",
        "load_orphans",
        "load_rectifications",
        "load_vendors",
        "load_schedules",
        "load_catalogue",
        "demo_cast",
        "find_units",
        "open_form",
    ];
    let mut without = Vec::new();
    for (path, text) in files("app/src", "api.rs") {
        for function in text.split("pub async fn ").skip(1) {
            let name = function.split('(').next().unwrap_or_default();
            let arguments = function.split("->").next().unwrap_or_default();
            if !READS.contains(&name) && !arguments.contains("key: Key") {
                without.push(format!("{}: {name}", path.display()));
            }
        }
    }
    assert_eq!(without, Vec::<String>::new());
}

#[test]
fn views_have_no_inline_style_and_no_text_of_their_own() {
    let styled = offenders("app/src", ".rs", |_, line| line.contains("style=\"") || line.contains("style={"));
    assert_eq!(styled, Vec::<String>::new());
    // A literal between tags is a sentence in one language, unless it is a code in capitals.
    let spoken = offenders("app/src", ".rs", |path, line| {
        let view = path
            .components()
            .any(|part| part.as_os_str() == "views" || part.as_os_str() == "surfaces" || part.as_os_str() == "ui");
        let mut pieces = line.split('"');
        let mut literal = false;
        let mut before = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            if !literal {
                let text = before.trim_end();
                let child = text.ends_with('>') && !text.ends_with("=>") && !text.ends_with("->");
                if view && child && piece.chars().any(|c| c.is_alphabetic() && !c.is_ascii_uppercase()) {
                    return true;
                }
            }
            literal = !literal;
            before = piece.to_owned();
        }
        false
    });
    assert_eq!(spoken, Vec::<String>::new());
}

#[test]
fn every_text_is_said_somewhere() {
    let code: String = files("app/src", ".rs").into_iter().map(|(_, text)| text).collect();
    let words: HashSet<&str> = code.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
    let mut unsaid = Vec::new();
    for (_, text) in files("app/locales/en", ".json") {
        let texts: BTreeMap<String, String> = serde_json::from_str(&text).unwrap();
        unsaid.extend(texts.into_keys().filter(|key| !words.contains(key.as_str())));
    }
    assert_eq!(unsaid, Vec::<String>::new());
}

#[test]
fn every_row_of_the_checklist_stands_once() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let text = fs::read_to_string(readme).unwrap();
    let is_id = |cell: &str| {
        let (letter, number) = cell.split_at_checked(1).unwrap_or_default();
        letter.chars().all(|c| c.is_ascii_uppercase()) && number.parse::<u8>().is_ok()
    };
    let ids: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" | ").next())
        .map(str::trim)
        .filter(|cell| is_id(cell))
        .collect();
    let mut seen = HashSet::new();
    let twice: Vec<_> = ids.iter().filter(|id| !seen.insert(**id)).collect();
    assert!(ids.len() > 150, "only {} rows were read", ids.len());
    assert_eq!(twice, Vec::<&&str>::new());
}

#[test]
fn files_stay_small_enough_to_read() {
    // A test is a story and may be longer than what it tells about.
    for (folder, most) in [("app/src", 330), ("server/src", 330), ("server/tests", 450)] {
        let long: Vec<_> = files(folder, ".rs")
            .into_iter()
            .map(|(path, text)| (path, text.lines().count()))
            .filter(|(_, lines)| *lines > most)
            .map(|(path, lines)| format!("{}: {lines}", path.display()))
            .collect();
        assert_eq!(long, Vec::<String>::new());
    }
}

#[test]
fn every_icon_is_drawn() {
    let drawn = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../public/icons.svg")).unwrap();
    let (mut named, mut missing) = (0, Vec::new());
    for (path, text) in files("app/src", ".rs") {
        for name in text.split("icon(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            named += 1;
            if !drawn.contains(&format!("<symbol id=\"{name}\"")) {
                missing.push(format!("{}: {name}", path.display()));
            }
        }
    }
    assert!(named > 100, "only {named} were read");
    assert_eq!(missing, Vec::<String>::new());
}
