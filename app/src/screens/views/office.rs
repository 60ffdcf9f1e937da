use super::super::api::{LetScreenIn, LoadScreens};
use super::super::model::{LONGEST_NAME, Place, Screens};
use super::office_row::Row;
use super::regularly::{MINUTE, regularly};
use crate::asking::{Loading, ask};
use crate::forms::Opened;
use crate::ids::ScreenId;
use crate::live::Room;
use crate::page::office_page;
use crate::texts::{Texts, texts};
use crate::ui::{Choice, Field, Post, Select, awaited, both, fresh, icon, opened, shown, steadily, ticking};
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;

/// Where the site manager lets lobby screens in, sees how they do, and shuts them out.
pub struct ScreensPage {
    screens: Loading<Screens>,
    opened: Loading<Opened>,
}

office_page!(ScreensPage in screens);

impl ScreensPage {
    fn data() -> Self {
        Self { screens: Loading::new(|| LoadScreens {}), opened: opened() }
    }

    fn view(self) -> AnyView {
        let ScreensPage { screens, opened } = self;
        let t = texts();
        view! {
            <Title text=t.frame_title(t.screens_title(), t.frame_product())/>
            <header><h1>{t.screens_title()}</h1></header>
            <Suspense>
                {awaited(move || async move {
                    shown(both(screens.await, opened.await), |(first, opened)| view! { <Wards first opened/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

/// The places at which a screen may stand.
pub(super) fn choices(t: Texts, places: &[Place]) -> Vec<Choice> {
    places.iter().map(|place| Choice::new(place.area.to_string(), place.label(t))).collect()
}

#[component]
fn Wards(
    /// The screens as they were when the page was loaded.
    first: Screens,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let places = choices(t, &first.places);
    let data = fresh(first, Room::People, || LoadScreens {});
    // That a screen is there is no happening: nobody is told, so one looks.
    regularly(MINUTE, move || {
        leptos::task::spawn_local(async move {
            if let Ok(next) = ask(LoadScreens {}).await {
                steadily(move || {
                    let _ = data.try_set(next);
                });
            }
        });
    });
    let clock = ticking(move || data.with(|data| data.wall.clone()));
    let none = Memo::new(move |_| data.with(|data| data.screens.is_empty()));
    let ids = move || data.with(|data| data.screens.iter().map(|screen| screen.id).collect::<Vec<_>>());
    let forms = opened.clone();
    let row = move |id: ScreenId| view! { <Row id data clock opened=forms.clone()/> };
    view! {
        <div class="who">
            <section class="stack" aria-labelledby="screens">
                <h2 id="screens">{t.screens_list()}</h2>
                <p class="soft" hidden=Signal::derive(move || !none.get())>{t.screens_none()}</p>
                <ul class="rows">
                    <For each=ids key=|id| *id children=row/>
                </ul>
            </section>
            <div class="stack" data-gap="l">
                <section class="card" aria-labelledby="let-in">
                    <h2 id="let-in">{t.screens_let_in()}</h2>
                    <p class="soft">{t.screens_lead()}</p>
                    <Post to=LetScreenIn::PATH opened>
                        <Field
                            name="code" label=t.screens_code() hint=t.screens_code_hint() longest=12 looks="code"
                            autocomplete="off"
                        />
                        <Field
                            name="name" label=t.screens_name() hint=t.screens_name_hint() longest=LONGEST_NAME
                            autocomplete="off"
                        />
                        <Select name="area" label=t.screens_place() choices=places empty=t.screens_place_choose()/>
                        <div class="submit">
                            <button class="button" data-kind="primary">
                                {icon("screen")} " " {t.screens_let_in_button()}
                            </button>
                        </div>
                    </Post>
                </section>
                <p class="soft">{t.screens_sees()}</p>
            </div>
        </div>
    }
}
