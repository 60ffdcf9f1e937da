use super::super::api::{ChangeScreen, RevokeScreen};
use super::super::model::{LONGEST_NAME, Screen, Screens};
use super::super::rules::Health;
use super::office::choices;
use crate::forms::Opened;
use crate::ids::ScreenId;
use crate::moment::day;
use crate::texts::{Texts, texts};
use crate::ui::{Field, Hidden, Post, Select, WallClock, changing, icon};
use leptos::prelude::*;
use server_fn::ServerFn;

/// A screen: where it stands, how it does, and what can be done with it.
#[component]
pub(super) fn Row(
    /// Which.
    id: ScreenId,
    /// All of them.
    data: RwSignal<Screens>,
    /// The clock by which one is silent.
    clock: WallClock,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let this = Memo::new(move |_| data.with(|data| data.screens.iter().find(|screen| screen.id == id).cloned()));
    let facts = move || this.get().map(|screen| data.with(|data| facts(t, data, clock, &screen)));
    let is_open = Memo::new(move |_| this.with(|this| this.as_ref().is_some_and(|screen| screen.revoked_at.is_none())));
    let forms = move || {
        let opened = opened.clone();
        is_open.get().then(|| {
            view! {
                <Change id this data opened=opened.clone()/>
                <Revoke id this opened/>
            }
        })
    };
    view! {
        <li class="row">
            {icon("screen")}
            <div class="body">
                {changing(facts)}
                {changing(forms)}
            </div>
        </li>
    }
    .into_any()
}

fn facts(t: Texts, data: &Screens, clock: WallClock, screen: &Screen) -> AnyView {
    let on = |at| day(t, data.wall.at(at).day());
    let health = screen.health(clock.now().moment());
    let (mark, word, state) = match health {
        Health::Well => ("check", t.screens_well(), "online"),
        Health::New => ("clock", t.screens_waiting(), "new"),
        Health::Offline(_) => ("offline", t.screens_offline(), "offline"),
        Health::Revoked(_) => ("cross", t.screens_revoked(), "revoked"),
    };
    let last = match health {
        Health::Well => t.screens_seen(clock.near(t, screen.seen_at.unwrap_or(screen.enrolled_at))),
        Health::Offline(since) => t.screens_offline_since(clock.near(t, since)),
        Health::Revoked(at) => t.screens_revoked_on(on(at)),
        Health::New => t.screens_never().to_owned(),
    };
    let build = screen.build.as_ref().map(|build| {
        let is_own = *build == data.build;
        let text = if is_own { t.screens_build(build) } else { t.screens_build_other(build) };
        view! { <span class="soft">{text}</span> }
    });
    let enrolled = t.screens_enrolled(on(screen.enrolled_at), &screen.enrolled_by);
    view! {
        <span>
            {screen.name.clone()} " " <span class="chip" data-stage=state>{icon(mark)} " " {word}</span>
        </span>
        <span>{icon("pin")} " " {screen.place.label(t)}</span>
        <span class="soft">{last} " · " {enrolled}</span>
        {build}
    }
    .into_any()
}

/// Another name, another place.
#[component]
fn Change(
    /// Which.
    id: ScreenId,
    /// The screen as it is by now.
    this: Memo<Option<Screen>>,
    /// For the places.
    data: RwSignal<Screens>,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let id = id.to_string();
    let is_open = is_kept(&opened, "screens/change", &id);
    let name = move || this.with(name_of);
    let place = move || this.with(|this| this.as_ref().map(|screen| screen.place.area.to_string()).unwrap_or_default());
    let places = data.with_untracked(|data| choices(t, &data.places));
    view! {
        <details name="screen" open=is_open>
            <summary class="button" data-kind="quiet">{icon("pen")} " " {t.screens_change()}</summary>
            <Post to=ChangeScreen::PATH opened about=id.clone()>
                <Hidden name="id" value=Signal::stored(id)/>
                <Field
                    name="name" label=t.screens_name() longest=LONGEST_NAME value=Signal::derive(name)
                    autocomplete="off"
                />
                <Select
                    name="area" label=t.screens_place() choices=places
                    value=Signal::derive(place)
                />
                <div class="submit"><button class="button" data-kind="primary">{icon("check")} " " {t.screens_save()}</button></div>
            </Post>
        </details>
    }
}

/// The form that makes a screen nobody, folded away: it cannot be undone.
#[component]
fn Revoke(
    /// Which.
    id: ScreenId,
    /// The screen as it is by now.
    this: Memo<Option<Screen>>,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let id = id.to_string();
    let is_open = is_kept(&opened, "screens/revoke", &id);
    view! {
        <details name="screen" open=is_open>
            <summary class="button" data-kind="quiet">{icon("door")} " " {t.screens_revoke()}</summary>
            <div class="stack">
                <p class="soft">{t.screens_revoke_more()}</p>
                <Post to=RevokeScreen::PATH opened about=id.clone()>
                    <Hidden name="id" value=Signal::stored(id)/>
                    <button class="button" data-kind="danger">{icon("cross")} " " {changing(move || t.screens_revoke_button(this.with(name_of)))}</button>
                </Post>
            </div>
        </details>
    }
}

/// What the office calls a screen.
fn name_of(screen: &Option<Screen>) -> String {
    screen.as_ref().map(|screen| screen.name.clone()).unwrap_or_default()
}

/// Whether a form about a screen was refused before the page was loaded.
fn is_kept(opened: &Opened, form: &str, id: &str) -> bool {
    opened.kept.as_ref().is_some_and(|kept| kept.form == form && kept.fields.get("id") == Some(id))
}
