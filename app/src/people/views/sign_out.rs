use crate::forms::Opened;
use crate::offline::device;
use crate::people::SignOut;
use crate::texts::texts;
use crate::ui::{Post, changing, icon};
use leptos::prelude::*;
use server_fn::ServerFn;

/// Ends the session. The page that follows, which is nobody's, forgets what the device kept; what has not been sent stays
/// there until its person signs in again: they are told, and asked.
#[component]
pub fn SignOutForm(
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let count = device().waiting;
    let warning = move || {
        (count.get() > 0).then(|| {
            view! {
                <div class="notice" data-tone="risk" role="status">
                    {icon("offline")} <div><p>{t.offline_leaving(count.get())}</p></div>
                </div>
            }
        })
    };
    let word = move || if count.get() > 0 { t.offline_leave() } else { t.me_sign_out() };
    view! {
        <Post to=SignOut::PATH opened then="/" plain=true>
            {changing(warning)}
            <div class="submit">
                <button class="button" data-kind="danger">{icon("sign-out")} " " {changing(word)}</button>
            </div>
        </Post>
    }
}
