use super::slip::SlipCard;
use super::team_invite::{InviteForm, Invited};
use crate::asking::{Loading, read};
use crate::forms::Opened;
use crate::ids::{DepartmentId, StaffId};
use crate::live::Room;
use crate::page::office_page;
use crate::people::{Colleague, GrantRole, IssuedInvitation, LetGo, LoadTeam, Role, TakeRole, Team, role_word};
use crate::texts::{Texts, texts};
use crate::ui::{Choice, Hidden, Post, Select, awaited, both, changing, fresh, icon, opened, shown, tel, ticking};
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;

/// The office's people, department by department; who may, changes their roles here.
pub struct TeamPage {
    team: Loading<Team>,
    opened: Loading<Opened>,
}

office_page!(TeamPage in team);

impl TeamPage {
    fn data() -> Self {
        Self { team: Loading::new(|| LoadTeam {}), opened: opened() }
    }

    fn view(self) -> AnyView {
        let TeamPage { team, opened } = self;
        view! {
            <Suspense>
                {awaited(move || async move {
                    shown(both(team.await, opened.await), |(first, opened)| view! { <Departments first opened/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

/// A page's forms, and the team that they change.
#[derive(Clone)]
struct Desk {
    data: RwSignal<Team>,
    opened: Opened,
}

#[component]
fn Departments(
    /// The team as it was when the page was loaded.
    first: Team,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let data = fresh(first, Room::People, || LoadTeam {});
    let departments = Memo::new(move |_| {
        data.with(|data| {
            let mut all: Vec<(DepartmentId, String)> = Vec::new();
            for colleague in &data.colleagues {
                if all.iter().all(|(id, _)| *id != colleague.department.id) {
                    all.push((colleague.department.id, colleague.department.names.of(t.lang).to_owned()));
                }
            }
            all
        })
    });
    let clock = ticking(move || data.with(|data| data.wall.clone()));
    // Without scripts the answer comes with the next page; with them it is set when it comes.
    let kept = opened.kept.as_ref().filter(|kept| kept.form == "people/invite_colleague");
    let issued = kept.and_then(|kept| kept.reply.as_deref()).and_then(read);
    let slip = RwSignal::new(issued.filter(|issued: &IssuedInvitation| issued.unit.is_none()));
    let invites = data.with_untracked(|data| !data.departments.is_empty());
    let keys = data.with_untracked(|data| data.makes_keys);
    let desk = Desk { data, opened: opened.clone() };
    let section = move |(id, name): (DepartmentId, String)| {
        let desk = desk.clone();
        let title = format!("department-{id}");
        let members = move || {
            data.with(|data| {
                data.colleagues
                    .iter()
                    .filter(|colleague| colleague.department.id == id)
                    .map(|colleague| colleague.id)
                    .collect::<Vec<_>>()
            })
        };
        let row = move |id: StaffId| view! { <Member id desk=desk.clone()/> };
        view! {
            <section class="stack" aria-labelledby=title.clone()>
                <h2 id=title.clone()>{name}</h2>
                <ul class="rows">
                    <For each=members key=|id| *id children=row/>
                </ul>
            </section>
        }
        .into_any()
    };
    let left = move || {
        let left = data.with(|data| data.left.clone());
        (!left.is_empty()).then(|| {
            view! {
                <section class="stack" aria-labelledby="left">
                    <h2 id="left">{t.staff_team_left()}</h2>
                    <ul class="rows">{left.into_iter().map(|who| former(t, who)).collect_view()}</ul>
                </section>
            }
            .into_any()
        })
    };
    view! {
        <Title text=t.frame_title(t.staff_team_title(), t.frame_product())/>
        <header><h1>{t.staff_team_title()}</h1></header>
        <div class="who">
            <div class="stack" data-gap="l">
                <For each=move || departments.get() key=|(id, _)| *id children=section/>
                {changing(left)}
            </div>
            {invites.then(|| view! {
                <div class="stack" data-gap="l">
                    <SlipCard slip clock/>
                    <InviteForm data opened=opened.clone() slip/>
                    <Invited data opened slip/>
                    {keys.then(|| view! {
                        <p>
                            <a class="button" data-kind="quiet" href="/staff/keys">{icon("key")} " " {t.keys_link()}</a>
                            <a class="button" data-kind="quiet" href="/staff/screens">
                                {icon("screen")} " " {t.screens_title()}
                            </a>
                        </p>
                    })}
                </div>
            })}
        </div>
    }
}

/// Somebody who left, and what was noted of them.
fn former(t: Texts, who: Colleague) -> AnyView {
    let href = format!("/staff/team/{}/conduct", who.id);
    let department = who.department.names.of(t.lang).to_owned();
    view! {
        <li class="row">
            {icon("person")}
            <div class="body">
                <a href=href>{who.name}</a>
                <span class="hint">{department}</span>
            </div>
        </li>
    }
    .into_any()
}

#[component]
fn Member(
    /// Whose row it is.
    id: StaffId,
    /// The team and the forms.
    desk: Desk,
) -> impl IntoView {
    let t = texts();
    let data = desk.data;
    let now = Memo::new(move |before: Option<&Option<Colleague>>| {
        let found = data.with(|data| data.colleagues.iter().find(|colleague| colleague.id == id).cloned());
        found.or_else(|| before.cloned().flatten())
    });
    let name = move || now.with(|now| now.as_ref().map(|now| now.name.clone()));
    let phone = move || {
        now.with(|now| now.as_ref().and_then(|now| now.phone.clone()))
            .map(|phone| view! { <a class="nowrap" href=tel(&phone)>{phone.clone()}</a> })
    };
    let roles = Memo::new(move |_| now.with(|now| now.as_ref().map(|now| now.roles.clone()).unwrap_or_default()));
    let chips = move || {
        roles
            .get()
            .into_iter()
            .map(|role| view! { <span class="chip">{icon("person")} " " {role_word(t, role)}</span> " " })
            .collect_view()
    };
    let may_change = Memo::new(move |_| {
        let grantable = data.with(|data| data.grantable.clone());
        !grantable.is_empty() && roles.with(|roles| roles.iter().all(|role| grantable.contains(role)))
    });
    let is_open =
        desk.opened.kept.as_ref().is_some_and(|kept| kept.fields.get("staff") == Some(id.to_string().as_str()));
    let is_below = Memo::new(move |_| data.with(|data| data.below.contains(&id)));
    let change = move || {
        let desk = desk.clone();
        may_change.get().then(|| {
            view! {
                <details name="member" open=is_open>
                    <summary class="button" data-kind="quiet">{icon("pen")} " " {t.staff_team_change()}</summary>
                    <For
                        each=move || [roles.get()]
                        key=|roles| roles.clone()
                        children=move |roles| view! { <Changes id roles desk=desk.clone()/> }
                    />
                </details>
            }
            .into_any()
        })
    };
    let conduct = move || {
        is_below.get().then(|| {
            let href = format!("/staff/team/{id}/conduct");
            view! { <a class="button" data-kind="quiet" href=href>{icon("list")} " " {t.conduct_title()}</a> }
                .into_any()
        })
    };
    view! {
        <li class="row">
            {icon("person")}
            <div class="body">
                <span>{changing(name)} " " {changing(phone)}</span>
                <span class="line">{changing(chips)}</span>
                {changing(change)}
                {changing(conduct)}
            </div>
        </li>
    }
    .into_any()
}

/// The forms that give and take roles, made anew when the roles change.
#[component]
fn Changes(
    /// Whose.
    id: StaffId,
    /// What they hold.
    roles: Vec<Role>,
    /// The team and the forms.
    desk: Desk,
) -> impl IntoView {
    let t = texts();
    let Desk { data, opened } = desk;
    let grantable = data.with_untracked(|data| data.grantable.clone());
    let offered: Vec<_> = grantable
        .iter()
        .filter(|role| !roles.contains(role))
        .map(|role| Choice::new(role.tag(), role_word(t, *role)))
        .collect();
    let person = id.to_string();
    let take = roles
        .into_iter()
        .map(|role| {
            let (opened, person) = (opened.clone(), person.clone());
            view! {
                <Post to=TakeRole::PATH opened about=person.clone()>
                    <Hidden name="staff" value=Signal::stored(person)/>
                    <Hidden name="role" value=Signal::stored(role.tag().to_owned())/>
                    <button class="button" data-kind="danger">{icon("cross")} " " {t.staff_team_take(role_word(t, role))}</button>
                </Post>
            }
        })
        .collect_view();
    let grant = (!offered.is_empty()).then(|| {
        let person = person.clone();
        view! {
            <Post to=GrantRole::PATH opened=opened.clone() about=person.clone()>
                <Hidden name="staff" value=Signal::stored(person)/>
                <Select name="role" label=t.staff_team_role() choices=offered/>
                <div class="submit"><button class="button" data-kind="primary">{icon("plus")} " " {t.staff_team_grant()}</button></div>
            </Post>
        }
    });
    let hand = format!("/staff/team/{person}");
    let leave = view! {
        <Post to=LetGo::PATH opened=opened.clone() about=person.clone()>
            <Hidden name="staff" value=Signal::stored(person)/>
            <button class="button" data-kind="danger">{icon("door")} " " {t.staff_team_let_go()}</button>
        </Post>
    };
    view! { <div class="stack">{grant} <div class="buttons"><a class="button" href=hand>{icon("wrench")} " " {t.staff_team_hand()}</a> {take} {leave}</div></div> }.into_any()
}
