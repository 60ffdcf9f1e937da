use crate::backend::Backend;
use crate::live::Pulse;
use crate::people::{Manners, Viewer};
use crate::routes::App;
use crate::texts::{Texts, language};
use crate::ui::icon;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::{HashedStylesheet, MetaTags};

/// The document around every page: language, theme and surface stand on `<html>`, where style sheets see them.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let parts = use_context::<Parts>();
    let extensions = parts.as_ref().map(|parts| &parts.extensions);
    let manners = extensions.and_then(|extensions| extensions.get::<Manners>().copied()).unwrap_or_default();
    let build = extensions.and_then(|extensions| extensions.get::<Backend>()).map_or("", |backend| backend.build);
    let is_somebodys = extensions.is_some_and(|extensions| extensions.get::<Viewer>().is_some());
    let path = parts.as_ref().map_or("/", |parts| parts.uri.path());
    let table = language(manners.lang);
    protect(&options);
    let t = table.texts(manners.lang);
    provide_context(t);
    provide_context(Pulse::new());
    view! {
        <!DOCTYPE html>
        <html
            lang=manners.lang.tag()
            data-surface=surface(path)
            data-theme=manners.theme.tag()
            data-text=if manners.large_text { "large" } else { "normal" }
            data-build=build
            data-live=is_somebodys.then_some("")
            data-texts=table.path(manners.lang)
        >
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="theme-color" content="#f5f5f0" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#121614" media="(prefers-color-scheme: dark)"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="preload" href=table.path(manners.lang) r#as="fetch" crossorigin="anonymous"/>
                <HashedStylesheet options=options.clone() id="style"/>
                <HydrationScripts options=options.clone()/>
                <AutoReload options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
                {stuck(t)}
            </body>
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

/// Which of the surfaces a path belongs to.
fn surface(path: &str) -> &'static str {
    match path.split('/').nth(1) {
        Some("staff") => "staff",
        Some("kiosk") => "kiosk",
        Some("" | "sign-in" | "join" | "gallery") | None => "public",
        _ => "resident",
    }
}
