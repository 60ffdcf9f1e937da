use crate::asking::{Reply, read};
use crate::desk::{LookUp, LookedUp, TakeCallback};
use crate::forms::Opened;
use crate::texts::texts;
use crate::ui::{Field, Hidden, Post, changing, icon};
use leptos::prelude::*;
use server_fn::ServerFn;

/// A call-back slip: name and number before the line is passed on (B9).
#[component]
pub fn CallbackForm(
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    view! {
        <Post to=TakeCallback::PATH opened then="/staff/wall" dense=true>
            <Field name="name" label=t.desk_caller_name() longest=120/>
            <Field name="phone" label=t.desk_caller_number() kind="tel" longest=40/>
            <Field name="words" label=t.callback_words() longest=500 optional=true/>
            <Field name="due_at" label=t.callback_due() kind="datetime-local" hint=t.callback_due_hint() optional=true/>
            <div class="submit"><button class="button" data-kind="primary">{t.callback_take()}</button></div>
        </Post>
    }
    .into_any()
}

/// The look-up for outsiders: the room, and nothing else (B13).
#[component]
pub fn LookUpForm(
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    // Without scripts the answer comes with the next page; with them it is set when it comes.
    let kept = opened.kept.as_ref().filter(|kept| kept.form == "desk/look_up");
    let answer = RwSignal::new(kept.and_then(|kept| kept.reply.as_deref()).and_then(read::<LookedUp>));
    let show = Callback::new(move |reply: Reply| answer.set(reply.open().ok()));
    let rooms = move || {
        answer.get().map(|answer| {
            let rooms: Vec<String> = answer.rooms.iter().map(|room| room.label(t)).collect();
            let words = if rooms.is_empty() { t.lookup_none().to_owned() } else { rooms.join(t.matter_times_join()) };
            view! { <div class="notice">{icon("door")} <div><p>{words}</p></div></div> }
        })
    };
    view! {
        <p class="hint">{t.lookup_lead()}</p>
        <div role="status">{changing(rooms)}</div>
        <Post to=LookUp::PATH opened on_done=show dense=true>
            <Hidden name="shows_reply" value=Signal::stored("true".to_owned())/>
            <Field name="name" label=t.lookup_name() longest=120/>
            <Field name="asked_by" label=t.lookup_asked_by() longest=120/>
            <Field name="purpose" label=t.lookup_purpose() longest=500/>
            <div class="submit"><button class="button" data-kind="primary">{t.lookup_button()}</button></div>
        </Post>
    }
    .into_any()
}
