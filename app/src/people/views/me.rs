use super::sign_out::SignOutForm;
use crate::asking::Loading;
use crate::estate::{EstateRef, ReachUs};
use crate::forms::Opened;
use crate::live::Room;
use crate::lobby::HouseholdPins;
use crate::moment::date;
use crate::page::lazy_page;
use crate::people::{ChangePassword, LoadMe, Me, RevokeSession, SessionRow, SwitchEstate, occupancy_word, role_word};
use crate::surfaces::FrameData;
use crate::texts::{Texts, texts};
use crate::ui::{Field, Hidden, Post, WallClock, awaited, both, changing, fresh, icon, opened, shown, ticking};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;
use server_fn::ServerFn;

use super::manners::MannersForm;

/// Who I am, where I am signed in, and how it looks. Residents and staff share it.
pub struct MePage {
    me: Loading<Me>,
    opened: Loading<Opened>,
}

lazy_page!(MePage in me);

impl MePage {
    fn data() -> Self {
        Self { me: Loading::new(|| LoadMe {}), opened: opened() }
    }

    fn view(self) -> AnyView {
        let t = texts();
        view! {
            <Title text=t.frame_title(t.frame_me(), t.frame_product())/>
            <Suspense>
                {awaited(move || async move {
                    shown(both(self.me.await, self.opened.await), |(me, opened)| view! { <Page me opened/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Page(me: Me, opened: Opened) -> impl IntoView {
    let t = texts();
    let manners = me.viewer.person().map(|person| person.manners).unwrap_or_default();
    let homes = me.viewer.resident().map(|resident| resident.homes).unwrap_or_default();
    let me = fresh(me, Room::People, || LoadMe {});
    let clock = ticking(move || me.with(|me| me.wall.clone()));
    let name = move || me.with(|me| me.viewer.person().map(|person| person.name.clone()));
    let sessions = move || me.with(|me| me.sessions.clone());
    let open = opened.clone();
    let row = move |session: SessionRow| view! { <Session session clock opened=open.clone()/> }.into_any();
    // Only a resident's frame carries it.
    let frame = use_context::<FrameData>();
    let reach = move || {
        Suspend::new(async move {
            let estate = match frame {
                Some(FrameData(frame)) => frame.await.ok().and_then(|frame| frame.estate),
                None => None,
            };
            estate.map(|estate| view! { <ReachUs estate/> })
        })
    };
    view! {
        <header>
            <h1>{changing(name)}</h1>
        </header>
        <Work me opened=opened.clone()/>
        <Homes me/>
        <HouseholdPins homes opened=opened.clone()/>
        <section aria-labelledby="looks">
            <h2 id="looks">{t.me_looks()}</h2>
            <MannersForm manners opened=opened.clone()/>
        </section>
        <section aria-labelledby="sessions">
            <h2 id="sessions">{t.me_sessions()}</h2>
            <ul class="rows">
                <For each=sessions key=|session| (session.id, session.is_this) children=row/>
            </ul>
        </section>
        <Password opened=opened.clone()/>
        <Suspense>{changing(reach)}</Suspense>
        <SignOutForm opened/>
    }
}

/// What somebody does in the office.
#[component]
fn Work(me: RwSignal<Me>, opened: Opened) -> impl IntoView {
    let t = texts();
    let at_work = use_location().pathname.with_untracked(|path| path.starts_with("/staff"));
    let staff = Memo::new(move |_| me.with(|me| me.viewer.staff().ok()));
    let is_resident = Memo::new(move |_| me.with(|me| me.viewer.resident().is_ok()));
    let elsewhere = Memo::new(move |_| me.with(|me| me.other_estates.clone()));
    changing(move || {
        staff.get().map(|staff| {
            let switches = elsewhere.get().into_iter().map(|estate| elsewhere_form(t, &estate, opened.clone())).collect_view();
            let roles = staff.roles.iter().map(|role| view! { <span class="hint">{role_word(t, *role)}</span> }).collect_view();
            view! {
                <section aria-labelledby="work">
                    <h2 id="work">{t.me_work()}</h2>
                    <ul class="rows">
                        <li class="row">
                            {icon("users")}
                            <span class="body">
                                <span>{staff.department.names.of(t.lang).to_owned()}</span>
                                {roles}
                            </span>
                        </li>
                    </ul>
                    {(!at_work)
                        .then(|| view! {
                            <a class="button" href="/staff" rel="external">{icon("arrow-right")} " " {t.me_to_work()}</a>
                        })}
                    {at_work
                        .then(|| view! {
                            <a class="button" data-kind="quiet" href=format!("/staff/team/{}/conduct", staff.id)>
                                {icon("list")} " " {t.conduct_own()}
                            </a>
                        })}
                    {at_work
                        .then(|| view! {
                            <a class="button" data-kind="quiet" href="/staff/log">{icon("list")} " " {t.log_title()}</a>
                        })}
                    {(at_work && is_resident.get())
                        .then(|| view! {
                            <a class="button" href="/home" rel="external">{icon("home")} " " {t.me_to_home()}</a>
                        })}
                    {switches}
                </section>
            }
        })
    })
}

/// The way into another estate's office.
fn elsewhere_form(t: Texts, estate: &EstateRef, opened: Opened) -> AnyView {
    let (id, word) = (estate.id.to_string(), t.me_switch(estate.names.of(t.lang)));
    view! {
        <Post to=SwitchEstate::PATH opened about=id.clone() then="/staff" plain=true>
            <Hidden name="estate" value=id/>
            <button class="button">{icon("building")} " " {word}</button>
        </Post>
    }
    .into_any()
}

/// What somebody occupies.
#[component]
fn Homes(me: RwSignal<Me>) -> impl IntoView {
    let t = texts();
    let resident = Memo::new(move |_| me.with(|me| me.viewer.resident().ok()));
    changing(move || {
        resident.get().map(|resident| {
            let homes = resident
                .homes
                .iter()
                .map(|home| {
                    let since = t.me_since(date(t, home.from_on), occupancy_word(t, home.kind));
                    view! {
                        <li class="row">
                            {icon("key")}
                            <span class="body">
                                <span>{home.unit.label(t)}</span>
                                <span class="hint">{since}</span>
                            </span>
                        </li>
                    }
                })
                .collect_view();
            let none = resident.homes.is_empty();
            view! {
                <section aria-labelledby="homes">
                    <h2 id="homes">{t.me_homes()}</h2>
                    {none.then(|| view! { <p class="soft">{t.me_no_homes()}</p> })}
                    {(!none).then(|| view! { <ul class="rows">{homes}</ul> })}
                    <a class="button" data-kind="quiet" href="/join" rel="external">{icon("key")} " " {t.me_add_home()}</a>
                </section>
            }
        })
    })
}

#[component]
fn Session(session: SessionRow, clock: WallClock, opened: Opened) -> impl IntoView {
    let t = texts();
    let SessionRow { id, device, seen_at, is_this } = session;
    let when = clock.at(seen_at);
    let name = if is_this { t.me_this_device().to_owned() } else { device.clone() };
    let hint = move || {
        if is_this { device.clone() } else { t.me_seen(when.near(t, clock.now())) }
    };
    view! {
        <li class="row">
            {icon("device")}
            <span class="body">
                <span>{name}</span>
                <span class="hint">{changing(hint)}</span>
            </span>
            {(!is_this)
                .then(|| view! {
                    <Post to=RevokeSession::PATH opened about=id.to_string()>
                        <Hidden name="session" value=id.to_string()/>
                        <button class="button">{t.me_revoke()}</button>
                    </Post>
                })}
        </li>
    }
}

#[component]
fn Password(opened: Opened) -> impl IntoView {
    let t = texts();
    let is_open = opened.fault_of(ChangePassword::PATH.trim_start_matches("/api/")).is_some();
    let done = RwSignal::new(false);
    let on_done = Callback::new(move |_| done.set(true));
    view! {
        <section aria-labelledby="password">
            <h2 id="password">{t.me_password()}</h2>
            <div role="status">
                {changing(move || done.get().then(|| view! {
                    <div class="notice" data-tone="good">{icon("check")} <div><p>{t.me_password_done()}</p></div></div>
                }))}
            </div>
            <details class="card" open=is_open>
                <summary class="button">{icon("lock")} " " {t.me_password_change()}</summary>
                <Post to=ChangePassword::PATH opened on_done dense=true>
                    <Field
                        name="present_password" label=t.me_password_present() kind="password"
                        autocomplete="current-password"
                    />
                    <Field
                        name="new_password" label=t.me_password_new() hint=t.password_hint() kind="password"
                        autocomplete="new-password"
                    />
                    <p class="soft">{t.me_password_others()}</p>
                    <div class="submit">
                        <button class="button" data-kind="primary">{t.me_password_submit()}</button>
                    </div>
                </Post>
            </details>
        </section>
    }
}
