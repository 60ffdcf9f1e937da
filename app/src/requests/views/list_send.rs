use crate::asking::Reply;
use crate::estate::DepartmentRef;
use crate::forms::Opened;
use crate::people::Colleague;
use crate::requests::{DispatchMany, SentOut};
use crate::texts::texts;
use crate::ui::{Choice, Field, Hidden, Post, Select, icon};
use leptos::prelude::*;
use server_fn::ServerFn;

/// Sends the rows that are chosen in it to a team or a person.
#[component]
pub fn SendOut(
    /// The page's forms.
    opened: Opened,
    /// To whom orders may go.
    teams: Vec<DepartmentRef>,
    /// Those who could take them.
    hands: Vec<Colleague>,
    /// Told what became of those that were sent.
    on_sent: Callback<Vec<SentOut>>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let t = texts();
    let groups = teams
        .iter()
        .map(|team| {
            let name = team.names.of(t.lang);
            let mut choices = vec![Choice::new(format!("team:{}", team.id), t.list_team(name))];
            let theirs = hands.iter().filter(|hand| hand.department.id == team.id);
            choices.extend(theirs.map(|hand| Choice::new(format!("person:{}", hand.id), &*hand.name)));
            (name.to_owned(), choices)
        })
        .collect();
    let done = Callback::new(move |reply: Reply| on_sent.run(reply.open().unwrap_or_default()));
    view! {
        <Post to=DispatchMany::PATH opened on_done=done class="form listing">
            <Hidden name="shows_reply" value=Signal::stored("true".to_owned())/>
            <p class="hint noprint">{t.list_choosable()}</p>
            {children()}
            <fieldset class="field noprint" id="requests-dispatch_many-chosen" tabindex="-1">
                <legend>{t.list_send_title()}</legend>
                <div class="pair">
                    <Select name="to" label=t.list_to() choices=Vec::new() groups empty=t.list_to_nobody()/>
                    <Field name="instructions" label=t.list_instructions() optional=true longest=500/>
                </div>
            </fieldset>
            <div class="submit noprint">
                <button class="button" data-kind="primary">{icon("arrow-right")} " " {t.list_send()}</button>
            </div>
        </Post>
    }
}
