use crate::asking::Loading;
use crate::forms::Opened;
use crate::page::lazy_page;
use crate::people::{Frame, LoadFrame, Redeem, RedeemHere};
use crate::texts::texts;
use crate::ui::{FaultPage, Field, Post, awaited, icon, opened};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;

/// Where an invitation becomes an account, or is added to the one that is signed in.
pub struct JoinPage {
    opened: Loading<Opened>,
    frame: Loading<Frame>,
}

lazy_page!(JoinPage in join);

impl JoinPage {
    fn data() -> Self {
        Self { opened: opened(), frame: Loading::new(|| LoadFrame {}) }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let query = use_query_map();
        let code = move || query.with_untracked(|query| query.get("code")).unwrap_or_default();
        view! {
            <Title text=t.frame_title(t.join_title(), t.frame_product())/>
            <Suspense>
                {awaited(move || async move {
                    let opened = match self.opened.await {
                        Ok(opened) => opened,
                        Err(fault) => return view! { <FaultPage fault/> }.into_any(),
                    };
                    let frame = self.frame.await.unwrap_or_default();
                    let form = match frame.name {
                        Some(name) => here(opened, code(), name),
                        None => new(opened, code()),
                    };
                    view! {
                        <div class="panel">
                            <header><h1>{t.join_title()}</h1></header>
                            <p class="lead">{t.join_lead()}</p>
                            {form}
                        </div>
                        <div class="stack">
                            <p class="soft">{t.join_no_code()}</p>
                            <a class="button" href="/sign-in">{icon("person")} " " {t.join_have_account()}</a>
                        </div>
                    }
                    .into_any()
                })}
            </Suspense>
        }
        .into_any()
    }
}

fn new(opened: Opened, code: String) -> AnyView {
    let t = texts();
    view! {
        <Post to=Redeem::PATH opened then="{start}" plain=true>
            <Field
                name="code" label=t.join_code() hint=t.join_code_hint() value=code looks="code"
                autocomplete="one-time-code"
            />
            <Field
                name="sign_in" label=t.join_name() hint=t.join_name_hint() autocomplete="username" longest=80
            />
            <Field
                name="password" label=t.join_password() hint=t.password_hint() kind="password"
                autocomplete="new-password"
            />
            <div class="submit">
                <button class="button" data-kind="primary" data-size="l">{t.join_submit()}</button>
            </div>
        </Post>
    }
    .into_any()
}

fn here(opened: Opened, code: String, name: String) -> AnyView {
    let t = texts();
    view! {
        <p>{t.join_here(name)}</p>
        <Post to=RedeemHere::PATH opened then="{start}" plain=true>
            <Field
                name="code" label=t.join_code() hint=t.join_code_hint() value=code looks="code"
                autocomplete="one-time-code"
            />
            <div class="submit">
                <button class="button" data-kind="primary" data-size="l">{t.join_here_submit()}</button>
            </div>
        </Post>
    }
    .into_any()
}
