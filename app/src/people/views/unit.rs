use super::occupants::{AddForm, Occupants};
use super::slip::SlipCard;
use crate::asking::{Loading, read};
use crate::forms::Opened;
use crate::ids::UnitId;
use crate::live::Room;
use crate::lobby::PinSlip;
use crate::page::office_page;
use crate::people::{IssuedInvitation, LoadUnit, UnitFile};
use crate::texts::texts;
use crate::ui::{FaultPage, awaited, fresh, icon, opened, ticking};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

/// A unit as the desk knows it: who is there, who comes, and the invitations by which they sign in.
pub struct UnitPage {
    unit: Loading<UnitFile>,
    opened: Loading<Opened>,
}

office_page!(UnitPage in unit);

impl UnitPage {
    fn data() -> Self {
        let params = use_params_map();
        // What is no id is nobody's unit.
        let id = move || {
            let id = params.with(|params| params.get_str("unit").and_then(|id| id.parse().ok()));
            id.unwrap_or(UnitId(Uuid::nil()))
        };
        Self { unit: Loading::new(move || LoadUnit { id: id() }), opened: opened() }
    }

    fn view(self) -> AnyView {
        let UnitPage { unit, opened } = self;
        view! {
            <Transition>
                {awaited(move || async move {
                    match (unit.await, opened.await) {
                        (Ok(first), Ok(opened)) => {
                            view! {
                                <For
                                    each=move || [first.clone()]
                                    key=|file| file.unit.id
                                    children=move |first| view! { <File first opened=opened.clone()/> }
                                />
                            }
                                .into_any()
                        }
                        (Err(fault), _) | (_, Err(fault)) => view! { <FaultPage fault/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn File(
    /// The unit as it was when the page was loaded.
    first: UnitFile,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let id = first.unit.id;
    let (label, may_change) = (first.unit.label(t), first.may_change);
    let data = fresh(first, Room::People, move || LoadUnit { id });
    let clock = ticking(move || data.with(|data| data.wall.clone()));
    // Without scripts the answer comes with the next page; with them it is set when it comes.
    let kept = opened.kept.as_ref().filter(|kept| kept.form == "people/invite");
    let issued = kept.and_then(|kept| kept.reply.as_deref()).and_then(read);
    let slip = RwSignal::new(
        issued.filter(|issued: &IssuedInvitation| issued.unit.as_ref().is_some_and(|unit| unit.id == id)),
    );
    view! {
        <Title text=t.frame_title(&label, t.frame_product())/>
        <a class="back" href="/staff/people">{icon("arrow-left")} " " {t.staff_people_title()}</a>
        <header><h1>{label}</h1></header>
        {may_change.then(|| view! {
            <div class="buttons">
                <a class="button" href=format!("/staff/people/{id}/book")>{icon("court")} " " {t.book_for_book()}</a>
                <a class="button" href=format!("/staff/bookings?home={id}")>{icon("calendar")} " " {t.diary_its()}</a>
                <a class="button" href=format!("/staff/people/{id}/order")>{icon("truck")} " " {t.service_for_title()}</a>
            </div>
        })}
        <div class="who">
            <Occupants data opened=opened.clone() slip/>
            <div class="stack" data-gap="l">
                <SlipCard slip clock/>
                {may_change.then(|| view! { <PinSlip data opened=opened.clone()/> <AddForm data opened/> })}
            </div>
        </div>
    }
}
