use crate::asking::Reply;
use crate::forms::Opened;
use crate::moment::day;
use crate::people::{
    AddOccupant, EndOccupancy, Invite, Invited, IssuedInvitation, OccupancyKind, Occupant, UnitFile,
    WithdrawInvitation, occupancy_word,
};
use crate::texts::{Texts, texts};
use crate::ui::{Checkbox, Choice, Field, Hidden, Post, Radios, changing, icon};
use leptos::prelude::*;
use server_fn::ServerFn;

/// Who is, was or will be in a unit, each with the invitation that may be issued or withdrawn.
#[component]
pub fn Occupants(
    /// The unit.
    data: RwSignal<UnitFile>,
    /// The page's forms.
    opened: Opened,
    /// Where an issued invitation is shown.
    slip: RwSignal<Option<IssuedInvitation>>,
) -> impl IntoView {
    let t = texts();
    let is_empty = Memo::new(move |_| data.with(|data| data.occupants.is_empty()));
    let row = move |first: Occupant| {
        let id = first.id;
        let now = Memo::new(move |before: Option<&Occupant>| {
            let found = data.with(|data| data.occupants.iter().find(|other| other.id == id).cloned());
            found.or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
        });
        view! { <Row data occupant=now opened=opened.clone() slip/> }
    };
    view! {
        <section class="stack" aria-labelledby="occupants">
            <h2 id="occupants">{t.staff_unit_occupants()}</h2>
            {changing(move || is_empty.get().then(|| view! { <p class="soft">{t.staff_unit_vacant()}</p> }))}
            <div class="scroll" role="group" aria-labelledby="occupants" tabindex="0" hidden=is_empty>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t.staff_unit_name()}</th>
                            <th scope="col">{t.staff_unit_kind()}</th>
                            <th scope="col">{t.staff_unit_since()}</th>
                            <th scope="col"><span class="sr">{t.staff_unit_invitation()}</span></th>
                        </tr>
                    </thead>
                    <tbody>
                        <For
                            each=move || data.with(|data| data.occupants.clone())
                            key=|occupant| occupant.id
                            children=row
                        />
                    </tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Row(
    /// The unit.
    data: RwSignal<UnitFile>,
    /// Who it is, as it is now.
    occupant: Memo<Occupant>,
    /// The page's forms.
    opened: Opened,
    /// Where an issued invitation is shown.
    slip: RwSignal<Option<IssuedInvitation>>,
) -> impl IntoView {
    let t = texts();
    let party = occupant.with_untracked(|occupant| occupant.party.to_string());
    let unit = data.with_untracked(|data| data.unit.id.to_string());
    let since = move || occupant.with(|occupant| since_text(t, occupant));
    let has_left = Memo::new(move |_| {
        let today = data.with(|data| data.wall.now().day());
        occupant.with(|occupant| occupant.to_on.is_some_and(|last| last < today))
    });
    let state = move || {
        occupant.with(|occupant| match (occupant.has_account, occupant.invited) {
            _ if has_left.get() => t.staff_unit_left().to_owned(),
            (true, _) => t.staff_unit_has_account().to_owned(),
            (false, Some(Invited { until, .. })) => {
                data.with(|data| t.staff_unit_invited_until(day(t, data.wall.at(until).day())))
            }
            (false, None) => String::new(),
        })
    };
    let may_change = data.with_untracked(|data| data.may_change);
    let may_invite =
        Memo::new(move |_| may_change && !has_left.get() && occupant.with(|occupant| !occupant.has_account));
    let invited =
        Memo::new(move |_| occupant.with(|occupant| occupant.invited.map(|invited| invited.id).filter(|_| may_change)));
    let show = Callback::new(move |reply: Reply| slip.set(reply.open().ok()));
    let hide = Callback::new(move |_: Reply| slip.set(None));
    let (withdraw_opened, end_opened) = (opened.clone(), opened.clone());
    let invite = move || {
        let (party, unit, opened) = (party.clone(), unit.clone(), opened.clone());
        let word = move || {
            if invited.get().is_some() { t.staff_unit_invite_again() } else { t.staff_unit_invite() }
        };
        may_invite.get().then(|| {
            view! {
                <Post to=Invite::PATH opened about=party.clone() on_done=show>
                    <Hidden name="unit" value=Signal::stored(unit)/>
                    <Hidden name="party" value=Signal::stored(party)/>
                    <Hidden name="shows_reply" value=Signal::stored("true".to_owned())/>
                    <button class="button" data-kind="quiet">{icon("key")} " " {changing(word)}</button>
                </Post>
            }
        })
    };
    let withdraw = move || {
        let opened = withdraw_opened.clone();
        invited.get().map(|id| {
            let id = id.to_string();
            view! {
                <Post to=WithdrawInvitation::PATH opened about=id.clone() on_done=hide>
                    <Hidden name="invitation" value=Signal::stored(id)/>
                    <button class="button" data-kind="danger">{t.staff_unit_withdraw()}</button>
                </Post>
            }
        })
    };
    view! {
        <tr>
            <th scope="row">{changing(move || occupant.with(|occupant| occupant.name.clone()))}</th>
            <td>{changing(move || occupant.with(|occupant| occupancy_word(t, occupant.kind)))}</td>
            <td>{changing(since)}</td>
            <td>
                <span class="soft">{changing(state)}</span> {changing(invite)} {changing(withdraw)}
                {may_change.then(|| view! { <div hidden=has_left><EndForm data occupant opened=end_opened/></div> })}
            </td>
        </tr>
    }
    .into_any()
}

/// Somebody moves out: names their last day.
#[component]
fn EndForm(
    /// The unit.
    data: RwSignal<UnitFile>,
    /// Whose last day it is.
    occupant: Memo<Occupant>,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let id = occupant.with_untracked(|occupant| occupant.id.to_string());
    let today = data.with_untracked(|data| data.wall.now().day());
    let last_on = occupant.with_untracked(|occupant| occupant.to_on).unwrap_or(today).to_string();
    let is_open = opened.kept.as_ref().is_some_and(|kept| kept.fields.get("occupancy") == Some(&id));
    view! {
        <details name="occupant" open=is_open>
            <summary class="button" data-kind="quiet">{icon("door")} " " {t.staff_unit_end()}</summary>
            <Post to=EndOccupancy::PATH opened about=id.clone() dense=true>
                <Hidden name="occupancy" value=Signal::stored(id)/>
                <Field name="last_on" label=t.staff_unit_last_on() kind="date" value=last_on/>
                <div class="submit"><button class="button" data-kind="primary">{t.staff_unit_end_button()}</button></div>
            </Post>
        </details>
    }
    .into_any()
}

fn since_text(t: Texts, occupant: &Occupant) -> String {
    match occupant.to_on {
        Some(last) => t.staff_unit_from_to(occupant.from_on, last),
        None => t.staff_unit_from(occupant.from_on),
    }
}

/// Registers somebody in the unit.
#[component]
pub fn AddForm(
    /// The unit.
    data: RwSignal<UnitFile>,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let (unit, today) = data.with_untracked(|data| (data.unit.id.to_string(), data.wall.now().day().to_string()));
    let kinds = OccupancyKind::ALL.into_iter().map(|kind| Choice::new(kind.tag(), occupancy_word(t, kind))).collect();
    view! {
        <section class="card" aria-labelledby="add-occupant">
            <h2 id="add-occupant">{t.staff_unit_add()}</h2>
            <Post to=AddOccupant::PATH opened about=unit.clone()>
                <Hidden name="unit" value=Signal::stored(unit)/>
                <Field name="name" label=t.staff_unit_name() longest=120 autocomplete="off"/>
                <Radios name="kind" label=t.staff_unit_kind() choices=kinds value="owner"/>
                <Checkbox name="is_organisation" label=t.staff_unit_organisation()/>
                <Field name="phone" label=t.staff_unit_phone() kind="tel" optional=true longest=40 autocomplete="off"/>
                <div class="pair">
                    <Field name="from_on" label=t.staff_unit_from_on() kind="date" value=today/>
                    <Field name="to_on" label=t.staff_unit_to_on() kind="date" optional=true/>
                </div>
                <div class="submit">
                    <button class="button" data-kind="primary">{icon("plus")} " " {t.staff_unit_add_button()}</button>
                </div>
            </Post>
        </section>
    }
}
