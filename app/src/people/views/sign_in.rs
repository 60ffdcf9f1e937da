use crate::asking::Loading;
use crate::forms::{Opened, is_local};
use crate::page::lazy_page;
use crate::people::{DemoCast, DemoPerson, DemoSignIn, SignIn, role_word};
use crate::screens::OpenDemoScreen;
use crate::texts::{Texts, texts};
use crate::ui::{FaultPage, Field, Hidden, Post, awaited, icon, opened};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;

/// Where a signed-in person comes in; `?next=` leads on to where they were.
pub struct SignInPage {
    opened: Loading<Opened>,
    cast: Loading<Vec<DemoPerson>>,
}

lazy_page!(SignInPage in sign_in);

impl SignInPage {
    fn data() -> Self {
        Self { opened: opened(), cast: Loading::new(|| DemoCast {}) }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let query = use_query_map();
        let next = move || query.with_untracked(|query| query.get("next")).filter(|next| is_local(next));
        view! {
            <Title text=t.frame_title(t.signin_title(), t.frame_product())/>
            <Suspense>
                {awaited(move || async move {
                    let opened = match self.opened.await {
                        Ok(opened) => opened,
                        Err(fault) => return view! { <FaultPage fault/> }.into_any(),
                    };
                    let cast = self.cast.await.unwrap_or_default();
                    // The server fills the start from the reply: what a role begins with.
                    let then = next().unwrap_or_else(|| "{start}".to_owned());
                    let interrupted = then.contains("kept=");
                    let demo = (!cast.is_empty()).then(|| demo(t, &cast, &opened, &then));
                    view! {
                        <div class="panel">
                            <h1>{t.signin_title()}</h1>
                            {interrupted.then(|| view! {
                                <div class="notice">{icon("lock")} <div><p>{t.signin_back()}</p></div></div>
                            })}
                            <Post to=SignIn::PATH opened=opened.clone() then=then.clone() plain=true>
                                <Field name="sign_in" label=t.signin_name() autocomplete="username"/>
                                <Field
                                    name="password" label=t.signin_password() kind="password"
                                    autocomplete="current-password"
                                />
                                <div class="submit">
                                    <button class="button" data-kind="primary" data-size="l">{t.signin_submit()}</button>
                                </div>
                            </Post>
                            <a class="button" data-kind="quiet" href="/join">{icon("key")} " " {t.welcome_join()}</a>
                        </div>
                        {demo}
                    }
                    .into_any()
                })}
            </Suspense>
        }
        .into_any()
    }
}

/// One tap per role, estate by estate.
fn demo(t: Texts, cast: &[DemoPerson], opened: &Opened, then: &str) -> impl IntoView + use<> {
    let groups = cast
        .chunk_by(|one, other| one.estate == other.estate)
        .map(|people| {
            let estate = people.first().map(|person| person.estate.of(t.lang).to_owned());
            let id = people.first().map(|person| person.estate_id.to_string()).unwrap_or_default();
            let buttons = people.iter().map(|person| demo_button(t, person)).collect_view();
            view! {
                <h3>{estate}</h3>
                <Post to=DemoSignIn::PATH opened=opened.clone() then=then.to_owned() plain=true class="stack">
                    <ul>{buttons}</ul>
                </Post>
                <Post
                    to=OpenDemoScreen::PATH opened=opened.clone() about=id.clone() then="/kiosk" plain=true class="stack"
                >
                    <Hidden name="estate" value=Signal::stored(id)/>
                    <p><button class="button" data-kind="quiet">{icon("screen")} " " {t.signin_demo_screen()}</button></p>
                </Post>
            }
        })
        .collect_view();
    view! {
        <section class="demo" aria-labelledby="demo">
            <h2 id="demo">{t.signin_demo()}</h2>
            {groups}
        </section>
    }
}

fn demo_button(t: Texts, person: &DemoPerson) -> impl IntoView + use<> {
    let role = person.roles.iter().max().map_or(t.role_resident(), |role| role_word(t, *role));
    let hint = match &person.unit {
        Some(unit) => t.signin_demo_lives(&person.name, unit.label(t)),
        None => person.name.clone(),
    };
    view! {
        <li>
            <button class="button" name="sign_in" value=person.sign_in.clone()>
                {role} " " <span class="hint">{hint}</span>
            </button>
        </li>
    }
}
