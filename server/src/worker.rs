//! The service worker as this build serves it: `public/worker.js` with the build's id and the names of its files in it.
//! A browser that reads it anew finds another script exactly where there is another build.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use app::texts::{Lang, language};
use axum::body::Bytes;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

const WORKER: &str = include_str!("../../public/worker.js");
/// What is served in its place while it is switched off.
const NO_WORKER: &str = include_str!("no_worker.js");

/// The parts of the browser's code, as `lazy_page!` names them, without which a page that works offline does not open.
const PARTS: [&str; 14] = [
    "ahead",
    "desk",
    "jobs",
    "kiosk",
    "line",
    "lobby_board",
    "matter",
    "offline",
    "order",
    "queue",
    "report",
    "staff",
    "unsent",
    "what",
];
/// Files that every page shows and whose names say nothing about what is in them.
const PLAIN: [&str; 3] = ["favicon.svg", "icons.svg", "manifest.webmanifest"];

/// The browser's build: the folder of the site, and the list of hashed names where there is one.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    /// As `Setup` names it.
    pub folder: &'a Path,
    /// Without one the worker keeps no code: `make dev` changes what lies under one and the same name.
    pub hashes: Option<&'a Path>,
}

/// The script of this build; or, to switch the worker off, one that forgets all that it kept, and leaves.
pub fn script(build: &str, site: Site<'_>, is_off: bool) -> String {
    if is_off {
        return NO_WORKER.to_owned();
    }
    let (build, files) = (serde_json::json!(build), serde_json::json!(files(site)));
    WORKER.replacen("const BUILD = '';", &format!("const BUILD = {build};"), 1).replacen(
        "const FILES = [];",
        &format!("const FILES = {files};"),
        1,
    )
}

/// Answers with the script. It is asked for anew each time, and may talk to this server alone.
pub fn answer(script: Bytes) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; connect-src 'self'; frame-ancestors 'none'"),
        (HeaderName::from_static("service-worker-allowed"), "/"),
    ];
    (headers, script).into_response()
}

/// Names the build by everything that a browser keeps of it: another worker, text or icon is another build, too, so
/// that no two builds ever write into one cache.
pub fn build(site: Site<'_>) -> String {
    let mut digest = Sha256::new();
    digest.update(WORKER);
    digest.update(site.hashes.and_then(|path| fs::read(path).ok()).unwrap_or_default());
    digest.update(files(site).join("\n"));
    for name in PLAIN {
        digest.update(fs::read(site.folder.join(name)).unwrap_or_default());
    }
    digest.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// The addresses of all that the offline pages need, as far as this build has it.
fn files(site: Site<'_>) -> Vec<String> {
    let texts = Lang::ALL.into_iter().flat_map(|lang| language(lang).files()).map(|file| file.path.to_owned());
    let plain = PLAIN.into_iter().filter(|name| site.folder.join(name).is_file()).map(|name| format!("/{name}"));
    texts.chain(plain).chain(code(site)).collect()
}

/// Script, program, style sheet, the loader of the parts, and the parts.
fn code(site: Site<'_>) -> Vec<String> {
    let list = site.hashes.and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
    let hashes: HashMap<&str, &str> =
        list.lines().filter_map(|line| line.split_once(':')).map(|(kind, hash)| (kind.trim(), hash.trim())).collect();
    let named = |kind: &str, stem: &str, ending: &str| Some(format!("{stem}.{}.{ending}", hashes.get(kind)?));
    let mut names: Vec<String> = [
        named("js", "steward", "js"),
        named("wasm", "steward", "wasm"),
        named("css", "steward", "css"),
        named("split", "__wasm_split", "js"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let package = site.folder.join("pkg");
    if let Some(manifest) = named("manifest", "__wasm_split_manifest", "json") {
        names.extend(parts(&package.join(manifest)));
    }
    // One that is missing would keep the worker from ever being installed.
    names.retain(|name| package.join(name).is_file());
    names.into_iter().map(|name| format!("/pkg/{name}")).collect()
}

/// The files of the offline pages, out of the list of what each page is made of.
fn parts(manifest: &Path) -> Vec<String> {
    let all: Option<HashMap<String, Vec<String>>> =
        fs::read(manifest).ok().and_then(|list| serde_json::from_slice(&list).ok());
    let Some(all) = all else {
        tracing::warn!(list = %manifest.display(), "what each page is made of cannot be read: none opens offline");
        return Vec::new();
    };
    // Pages share parts.
    let parts: BTreeSet<&String> = PARTS.iter().filter_map(|page| all.get(*page)).flatten().collect();
    parts.into_iter().map(|part| format!("{part}.wasm")).collect()
}
