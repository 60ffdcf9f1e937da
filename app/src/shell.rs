mod bare;

pub use bare::{away, opening};

use crate::backend::Backend;
use crate::live::Pulse;
use crate::offline::Device;
use crate::people::{Manners, Viewer};
use crate::routes::App;
use crate::texts::{Texts, language};
use crate::ui::icon;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, header};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::{HashedStylesheet, MetaTags, Title, provide_meta_context};

/// The document around every page.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    document(options, Kind::Page, |t, _| view! { <App/> {stuck(t)} }.into_any())
}

/// A page's title as it stands in HTML: `leptos_meta` writes it there as it is, and it may be what somebody typed.
fn escaped(title: String) -> String {
    title.replace('&', "&amp;").replace('<', "&lt;")
}

/// What a document is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A page that the browser brings to life.
    Page,
    /// No page yet: the browser's program puts there whichever the address names.
    Opening,
    /// Words that need no script.
    Plain,
}

/// A document: language, theme and surface stand on `<html>`, where style sheets see them.
fn document(options: LeptosOptions, kind: Kind, body: impl FnOnce(Texts, Option<Viewer>) -> AnyView) -> impl IntoView {
    let parts = use_context::<Parts>();
    let extensions = parts.as_ref().map(|parts| &parts.extensions);
    let manners = extensions.and_then(|extensions| extensions.get::<Manners>().copied()).unwrap_or_default();
    let build = extensions.and_then(|extensions| extensions.get::<Backend>()).map_or("", |backend| backend.build);
    let viewer = extensions.and_then(|extensions| extensions.get::<Viewer>().cloned());
    let path = parts.as_ref().map_or("/", |parts| parts.uri.path());
    let surface = match (kind, &viewer) {
        (Kind::Plain, Some(viewer)) => surface(viewer.start()),
        _ => surface(path),
    };
    let language = language(manners.lang);
    // What needs no script loads no table, and may say everything.
    let has_office = kind == Kind::Plain || says_office(surface, path);
    provide_meta_context();
    protect(&options);
    sign(build, viewer.as_ref());
    let t = if has_office { language.texts(manners.lang) } else { language.texts_without_office(manners.lang) };
    provide_context(t);
    provide_context(Pulse::new());
    provide_context(Device::new());
    let is_scripted = kind != Kind::Plain;
    let is_somebodys = viewer.is_some();
    let person = viewer.as_ref().and_then(Viewer::keeper);
    let texts = is_scripted.then_some(language.common.path);
    let office = (is_scripted && has_office).then_some(language.office.path);
    let ahead = [texts, office].into_iter().flatten();
    let title = (kind != Kind::Page).then(|| t.frame_product());
    view! {
        <!DOCTYPE html>
        <html
            lang=manners.lang.tag()
            data-surface=surface
            data-theme=manners.theme.tag()
            data-text=if manners.large_text { "large" } else { "normal" }
            data-build=build
            data-live=is_somebodys.then_some("")
            data-person=person
            data-shell=(kind == Kind::Opening).then_some("")
            data-texts=texts
            data-texts-office=office
        >
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="theme-color" content="#f5f5f0" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#121614" media="(prefers-color-scheme: dark)"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/icons/apple-touch.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                {title.map(|title| view! { <title>{title}</title> })}
                {ahead
                    .map(|path| view! { <link rel="preload" href=path r#as="fetch" crossorigin="anonymous"/> })
                    .collect_view()}
                <HashedStylesheet options=options.clone() id="style"/>
                {is_scripted.then(|| view! { <HydrationScripts options=options.clone()/> })}
                <AutoReload options/>
                <MetaTags/>
                <Title formatter=escaped/>
            </head>
            <body>{body(t, viewer)}</body>
        </html>
    }
}

/// Stands ready for a page whose program cannot go on; the browser shows it.
fn stuck(t: Texts) -> impl IntoView {
    view! {
        <div class="toasts" id="stuck" role="alert" hidden>
            <div class="toast">
                <p>{t.frame_stuck()}</p>
                <a class="button" href="" rel="external">{icon("retry")} " " {t.frame_again()}</a>
            </div>
        </div>
    }
}

/// What this page may load and run: itself, and scripts that carry its nonce.
fn protect(options: &LeptosOptions) {
    let (Some(nonce), Some(reply)) = (use_nonce(), use_context::<ResponseOptions>()) else { return };
    // Where cargo-leptos, while it watches, tells pages to load again.
    let reload = match std::env::var_os("LEPTOS_WATCH") {
        Some(_) => format!(" ws://*:{}", options.reload_external_port.unwrap_or(options.reload_port)),
        None => String::new(),
    };
    let policy = format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' blob: data:; connect-src 'self'{reload}; worker-src 'self'; form-action 'self'; \
         object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        reply.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// Tells the service worker, which keeps copies, which build wrote this document and for whom; of a stranger it
/// says nothing.
fn sign(build: &'static str, viewer: Option<&Viewer>) {
    let Some(reply) = use_context::<ResponseOptions>() else { return };
    reply.insert_header(HeaderName::from_static("steward-build"), HeaderValue::from_static(build));
    let keeper = viewer.and_then(Viewer::keeper);
    if let Some(keeper) = keeper.and_then(|keeper| HeaderValue::from_str(&keeper).ok()) {
        reply.insert_header(HeaderName::from_static("steward-person"), keeper);
    }
}

/// Which of the surfaces a path belongs to.
fn surface(path: &str) -> &'static str {
    match path.strip_prefix("/shell").unwrap_or(path).split('/').nth(1) {
        Some("staff") => "staff",
        Some("kiosk") => "kiosk",
        Some("" | "sign-in" | "join" | "gallery" | "offline") | None => "public",
        _ => "resident",
    }
}

/// Whether the pages of a path may say what only the office says. The gallery shows every part of the interface.
fn says_office(surface: &str, path: &str) -> bool {
    surface == "staff" || path.starts_with("/gallery")
}
