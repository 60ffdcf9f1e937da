//! What a device needs to show pages without a network: the service worker's script, the shells, the offline page, and
//! whose each document is.

use crate::house::{House, Reply};
use axum::http::StatusCode;
use server::demo::cast;
use server::worker::{Site, build, script};
use sqlx::PgPool;
use std::fs;
use std::path::PathBuf;

fn said<'a>(reply: &'a Reply, name: &str) -> Option<&'a str> {
    reply.headers.get(name).map(|value| value.to_str().unwrap())
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_worker_is_asked_for_anew_each_time_and_knows_its_build(pool: PgPool) {
    let house = House::over(pool);
    let reply = house.stranger().get("/worker.js").await;
    assert_eq!(reply.status, StatusCode::OK);
    for (name, value) in [
        ("cache-control", "no-cache"),
        ("content-type", "text/javascript; charset=utf-8"),
        ("service-worker-allowed", "/"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(said(&reply, name), Some(value), "{name}");
    }
    // A worker is held to its own script's policy: without this it could fetch nothing.
    assert!(said(&reply, "content-security-policy").unwrap().contains("connect-src 'self'"));
    let text = reply.text();
    assert!(text.contains("const BUILD = \"test\";"), "{text}");
    for lang in app::texts::Lang::ALL {
        for file in app::texts::language(lang).files() {
            assert!(text.contains(file.path), "the texts in {lang:?}");
        }
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_worker_that_is_switched_off_forgets_and_leaves(pool: PgPool) {
    let house = House::with(pool, |setup| setup.no_worker = true);
    let reply = house.stranger().get("/worker.js").await;
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(said(&reply, "cache-control"), Some("no-cache"));
    let text = reply.text();
    assert!(text.contains("caches.delete") && text.contains("registration.unregister"), "{text}");
    assert!(!text.contains("'fetch'"), "pages come from the network: {text}");
}

#[test]
fn the_worker_names_what_the_offline_pages_are_made_of() {
    let site = Pretend::new("names");
    let script = script("0123", site.of(), false);
    let list = script.lines().find_map(|line| line.strip_prefix("const FILES = ")?.strip_suffix(';')).unwrap();
    let files: Vec<String> = serde_json::from_str(list).unwrap();
    for name in
        ["/pkg/steward.J.js", "/pkg/steward.W.wasm", "/pkg/steward.C.css", "/pkg/__wasm_split.S.js", "/icons.svg"]
    {
        assert!(files.iter().any(|file| file == name), "{name} is not in {files:?}");
    }
    let parts: Vec<&String> = files.iter().filter(|file| file.contains("_0.") || file.contains("split_")).collect();
    assert_eq!(parts, ["/pkg/bundle_0.A.wasm", "/pkg/split_jobs.B.wasm", "/pkg/split_order.D.wasm"], "each once");
    assert!(!list.contains("gone"), "what is not there would keep the worker from being installed");
    assert_eq!(script.matches("const BUILD = \"0123\";").count(), 1);
    // The rest of the script is the file's.
    let source = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../public/worker.js")).unwrap();
    assert_eq!(source.lines().count(), script.lines().count());
}

#[test]
fn whatever_browsers_keep_of_a_build_names_it() {
    let site = Pretend::new("build");
    let first = build(site.of());
    assert_eq!(first, build(site.of()), "the same files, the same build");
    site.write("icons.svg", "<svg></svg>");
    let second = build(site.of());
    assert_ne!(first, second, "another icon");
    site.write("hash.txt", &Pretend::HASHES.replace("wasm: W", "wasm: W2"));
    assert_ne!(second, build(site.of()), "another program");
    let plain = Site { hashes: None, ..site.of() };
    assert!(!script("0123", plain, false).contains("/pkg/steward"), "names that stay while their content changes");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_document_says_whose_it_is(pool: PgPool) {
    let house = House::open(pool).await;
    let keeper: String = house
        .value(
            "select a.id || '.' || m.estate_id from account a join staff_member m on m.account_id = a.id
             where a.sign_in = 'laochen'",
        )
        .await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    for path in ["/staff/jobs", "/staff/team", "/", "/home", "/no-such-page", "/shell/staff", "/offline"] {
        let mine = technician.get(path).await;
        assert_eq!(said(&mine, "steward-person"), Some(keeper.as_str()), "{path}");
        assert_eq!(said(&mine, "steward-build"), Some("test"), "{path}");
        assert_eq!(said(&mine, "cache-control"), Some("no-store"), "{path}: for the worker alone");
    }
    for path in ["/", "/sign-in", "/kiosk", "/shell/resident", "/offline"] {
        let anybodys = house.stranger().get(path).await;
        assert_eq!(said(&anybodys, "steward-person"), None, "{path}");
        assert_eq!(said(&anybodys, "steward-build"), Some("test"), "{path}");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_shell_is_a_page_without_the_page(pool: PgPool) {
    let house = House::open(pool).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    for (lang, word) in [("en", "Opening…"), ("zh-Hans", "正在打开…"), ("zh-Hant", "正在開啟…")] {
        technician.post("people/choose_manners", &[("lang", lang)]).await.ok();
        let shell = technician.get("/shell/staff").await;
        assert_eq!(shell.status, StatusCode::OK);
        let (text, tag) = (shell.text(), format!("lang=\"{lang}\""));
        for part in [
            tag.as_str(),
            "data-surface=\"staff\"",
            "data-shell",
            "data-live",
            "id=\"opening\"",
            "id=\"stuck\"",
            "<!--HEAD-->",
            "rel=\"manifest\"",
            word,
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
        assert!(!text.contains("mainnav"), "nothing that a page shows");
        let policy = said(&shell, "content-security-policy").unwrap();
        let nonce = policy.split_once("'nonce-").and_then(|(_, rest)| rest.split_once('\'')).unwrap().0;
        assert!(text.contains(&format!("nonce=\"{nonce}\"")), "kept together, its scripts may run");
    }
    let page = technician.get("/staff/jobs").await.text();
    assert!(!page.contains("data-shell"), "a page is brought to life, not replaced");
    assert!(house.stranger().get("/shell/resident").await.text().contains("data-surface=\"resident\""));
    assert_eq!(technician.get("/shell/kiosk").await.status, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_offline_page_says_what_still_works_and_for_whom(pool: PgPool) {
    let house = House::open(pool).await;
    let who = [
        (cast::TECHNICIAN, vec!["/staff/jobs", "/staff/desk", "/staff/unsent"], vec!["\"/report\"", "\"/unsent\""]),
        (cast::RECEPTIONIST, vec!["/staff/desk", "/staff/unsent"], vec!["/staff/jobs"]),
        (cast::RESIDENT, vec!["\"/report\"", "\"/unsent\""], vec!["/staff/"]),
    ];
    for (sign_in, works, does_not) in who {
        let text = house.as_person(sign_in).await.get("/offline").await.text();
        assert!(works.iter().all(|path| text.contains(path)), "{sign_in}: {text}");
        assert!(!does_not.iter().any(|path| text.contains(path)), "{sign_in}: {text}");
    }
    for (lang, title) in [("en", "No connection"), ("zh-Hans", "没有网络"), ("zh-Hant", "沒有網路")] {
        let manners = format!("{lang}.auto.normal");
        let page = house.stranger().with_cookie("__Host-manners", &manners).get("/offline").await;
        assert_eq!(page.status, StatusCode::OK);
        let text = page.text();
        assert!(text.contains(title) && text.contains(&format!("lang=\"{lang}\"")), "{text}");
        assert!(!text.contains("mod.hydrate"), "no program to wait for: {text}");
        assert!(!text.contains("/unsent"), "a stranger has nothing here: {text}");
    }
}

/// A site as a build leaves it, in a folder of its own.
struct Pretend {
    folder: PathBuf,
    hashes: PathBuf,
}

impl Pretend {
    const HASHES: &str = "js: J\nwasm: W\ncss: C\nmanifest: M\nsplit: S\n";

    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("steward-site-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("pkg")).unwrap();
        let site = Self { hashes: folder.join("hash.txt"), folder };
        site.write("hash.txt", Self::HASHES);
        site.write("icons.svg", "<svg/>");
        let pages = serde_json::json!({
            "jobs": ["split_jobs.B", "bundle_0.A"],
            "order": ["split_order.D", "bundle_0.A", "bundle_1.gone"],
            "team": ["split_team.E"],
        });
        site.write("pkg/__wasm_split_manifest.M.json", &pages.to_string());
        for name in [
            "steward.J.js",
            "steward.W.wasm",
            "steward.C.css",
            "__wasm_split.S.js",
            "bundle_0.A.wasm",
            "split_jobs.B.wasm",
            "split_order.D.wasm",
            "split_team.E.wasm",
        ] {
            site.write(&format!("pkg/{name}"), "");
        }
        site
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.join(name), text).unwrap();
    }

    fn of(&self) -> Site<'_> {
        Site { folder: &self.folder, hashes: Some(&self.hashes) }
    }
}

impl Drop for Pretend {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
