use crate::asking::Reply;
use crate::forms::Opened;
use crate::moment::day;
use crate::people::{InviteColleague, InvitedColleague, IssuedInvitation, Team, WithdrawInvitation, role_word};
use crate::texts::texts;
use crate::ui::{Choice, Field, Hidden, Post, Select, icon};
use leptos::prelude::*;
use server_fn::ServerFn;

/// Invites somebody to work here.
#[component]
pub fn InviteForm(
    /// The team.
    data: RwSignal<Team>,
    /// The page's forms.
    opened: Opened,
    /// Where an issued invitation is shown.
    slip: RwSignal<Option<IssuedInvitation>>,
) -> impl IntoView {
    let t = texts();
    let show = Callback::new(move |reply: Reply| slip.set(reply.open().ok()));
    let (departments, roles) = data.with_untracked(|data| {
        let departments = data.departments.iter();
        let roles = data.grantable.iter();
        (
            departments.map(|one| Choice::new(one.id.to_string(), one.names.of(t.lang))).collect::<Vec<_>>(),
            roles.map(|role| Choice::new(role.tag(), role_word(t, *role))).collect::<Vec<_>>(),
        )
    });
    view! {
        <section class="card" aria-labelledby="invite-colleague">
            <h2 id="invite-colleague">{t.staff_team_invite()}</h2>
            <Post to=InviteColleague::PATH opened on_done=show>
                <Hidden name="shows_reply" value=Signal::stored("true".to_owned())/>
                <Field name="name" label=t.staff_team_name() longest=120 autocomplete="off"/>
                <Field name="phone" label=t.staff_team_phone() kind="tel" optional=true longest=40 autocomplete="off"/>
                <Select name="department" label=t.staff_team_department() choices=departments/>
                <Select name="role" label=t.staff_team_role() choices=roles/>
                <div class="submit">
                    <button class="button" data-kind="primary">{icon("key")} " " {t.staff_team_invite_button()}</button>
                </div>
            </Post>
        </section>
    }
}

/// Who was invited and has not come yet.
#[component]
pub fn Invited(
    /// The team.
    data: RwSignal<Team>,
    /// The page's forms.
    opened: Opened,
    /// Where an issued invitation is shown.
    slip: RwSignal<Option<IssuedInvitation>>,
) -> impl IntoView {
    let t = texts();
    let none = Memo::new(move |_| data.with(|data| data.invited.is_empty()));
    let row = move |invited: InvitedColleague| {
        let id = invited.id.to_string();
        let until = data.with_untracked(|data| day(t, data.wall.at(invited.until).day()));
        let hide = Callback::new(move |_: Reply| slip.set(None));
        view! {
            <li class="row">
                {icon("key")}
                <div class="body">
                    <span>{invited.name}</span>
                    <span class="soft">{t.staff_team_invited_as(role_word(t, invited.role), until)}</span>
                    <Post to=WithdrawInvitation::PATH opened=opened.clone() about=id.clone() on_done=hide>
                        <Hidden name="invitation" value=Signal::stored(id)/>
                        <button class="button" data-kind="danger">{t.staff_team_withdraw()}</button>
                    </Post>
                </div>
            </li>
        }
        .into_any()
    };
    view! {
        <section class="stack" aria-labelledby="invited" hidden=none>
            <h2 id="invited">{t.staff_team_invited()}</h2>
            <ul class="rows">
                <For each=move || data.with(|data| data.invited.clone()) key=|invited| invited.id children=row/>
            </ul>
        </section>
    }
}
