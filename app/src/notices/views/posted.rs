use super::super::api::LoadPosted;
use super::super::model::{PostedSheet, Priority};
use super::super::words::priority_word;
use super::parts::words;
use crate::asking::Loading;
use crate::page::office_page;
use crate::texts::texts;
use crate::ui::{awaited, icon, param, shown};
use leptos::prelude::*;
use leptos_meta::Title;

/// One notice on a lobby screen, in full.
pub struct PostedPage {
    sheet: Loading<PostedSheet>,
}

office_page!(PostedPage in lobby);

impl PostedPage {
    fn data() -> Self {
        let notice = param("notice");
        Self { sheet: Loading::new(move || LoadPosted { notice: notice.get() }) }
    }

    fn view(self) -> AnyView {
        let t = texts();
        view! {
            <Title text=t.frame_title(t.bulletins_title(), t.frame_product())/>
            <main id="main" class="booth" tabindex="-1">
                <Suspense>
                    {awaited(move || async move {
                        shown(self.sheet.await, |sheet| view! { <Sheet sheet/> })
                    })}
                </Suspense>
                <footer>
                    <a class="button" data-size="l" href="/kiosk">{icon("arrow-left")} " " {t.lobby_back()}</a>
                </footer>
            </main>
        }
        .into_any()
    }
}

/// In the reader's language, or the nearest one. What is longer than the screen scrolls under a finger, and by keys.
#[component]
fn Sheet(
    /// What it says.
    sheet: PostedSheet,
) -> impl IntoView {
    let t = texts();
    let PostedSheet { posted, priority, since, until, wall } = sheet;
    let lang = posted.title.nearest(t.lang);
    let near = |moment| wall.at(moment).near(t, wall.now());
    let applies = match until {
        Some(until) => t.bulletin_since_until(near(since), near(until)),
        None => near(since),
    };
    let weight = (priority != Priority::Ordinary).then(|| {
        view! { <p><span class="chip" data-tone="risk">{icon("alert")} " " {priority_word(t, priority)}</span></p> }
    });
    view! {
        <header>
            <h1 id="posted" lang=lang.tag()>{posted.title.of(lang).to_owned()}</h1>
            {weight}
            <p class="soft">{applies}</p>
        </header>
        <article class="bulletin" role="region" aria-labelledby="posted" tabindex="0">{words(&posted.html, lang)}</article>
    }
}
