use crate::backend::Backend;
use crate::live::Pulse;
use crate::people::Manners;
use crate::routes::App;
use crate::texts::language;
use axum::http::request::Parts;
use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags};

/// The document around every page: language, theme and surface stand on `<html>`, where style sheets see them.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let parts = use_context::<Parts>();
    let extensions = parts.as_ref().map(|parts| &parts.extensions);
    let manners = extensions.and_then(|extensions| extensions.get::<Manners>().copied()).unwrap_or_default();
    let build = extensions.and_then(|extensions| extensions.get::<Backend>()).map_or("", |backend| backend.build);
    let path = parts.as_ref().map_or("/", |parts| parts.uri.path());
    let table = language(manners.lang);
    provide_context(table.texts(manners.lang));
    provide_context(Pulse::new());
    view! {
        <!DOCTYPE html>
        <html
            lang=manners.lang.tag()
            data-surface=surface(path)
            data-theme=manners.theme.tag()
            data-text=if manners.large_text { "large" } else { "normal" }
            data-build=build
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
            </body>
        </html>
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
