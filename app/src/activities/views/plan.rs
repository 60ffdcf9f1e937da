use super::super::model::PlanForm;
use super::super::rules::{LONGEST_ABOUT, LONGEST_TITLE};
use crate::bookings::Bookable;
use crate::texts::Texts;
use crate::ui::{Choice, Field, Select};
use leptos::prelude::*;

/// The fields of a plan, which begin with what was planned.
pub(super) fn fields(t: Texts, facilities: &[Bookable], was: PlanForm) -> AnyView {
    let rooms = facilities.iter().map(|one| Choice::new(one.id.to_string(), one.names.of(t.lang))).collect();
    let title = |name: &'static str, label: &'static str, value: String| {
        view! { <Field name label longest=LONGEST_TITLE value autocomplete="off"/> }.into_any()
    };
    let about = |name: &'static str, label: &'static str, value: String| {
        view! { <Field name label kind="textarea" longest=LONGEST_ABOUT value/> }.into_any()
    };
    let number = |name: &'static str, label: &'static str, value: String| {
        view! { <Field name label kind="number" value/> }.into_any()
    };
    let time = |name: &'static str, label: &'static str, value: String, optional: bool| {
        view! { <Field name label kind="datetime-local" value optional/> }.into_any()
    };
    let or = |value: String, default: &str| if value.is_empty() { default.to_owned() } else { value };
    view! {
        <fieldset class="stack">
            <legend>{t.plan_what()}</legend>
            {title("plan[title_en]", t.plan_title_en(), was.title_en)}
            {title("plan[title_hans]", t.plan_title_hans(), was.title_hans)}
            {title("plan[title_hant]", t.plan_title_hant(), was.title_hant)}
            {about("plan[about_en]", t.plan_about_en(), was.about_en)}
            {about("plan[about_hans]", t.plan_about_hans(), was.about_hans)}
            {about("plan[about_hant]", t.plan_about_hant(), was.about_hant)}
        </fieldset>
        <fieldset class="stack">
            <legend>{t.plan_when()}</legend>
            <div class="pair">
                {time("plan[starts]", t.plan_starts(), was.starts, false)}
                {time("plan[ends]", t.plan_ends(), was.ends, false)}
            </div>
            <Select
                name="plan[facility]" label=t.plan_facility() choices=rooms value=was.facility empty=t.plan_elsewhere()
                optional=true
            />
            <Field name="plan[place]" label=t.plan_place() longest=LONGEST_TITLE value=was.place optional=true autocomplete="off"/>
        </fieldset>
        <fieldset class="stack">
            <legend>{t.plan_who()}</legend>
            <div class="pair">
                {number("plan[capacity]", t.plan_capacity(), or(was.capacity, "40"))}
                {number("plan[quota]", t.activity_quota(), or(was.quota, "4"))}
                <Field name="plan[price]" label=t.plan_price() hint=t.plan_price_hint() value=was.price optional=true autocomplete="off"/>
            </div>
            <div class="pair">
                {time("plan[opens]", t.plan_opens(), was.opens, true)}
                {time("plan[closes]", t.plan_closes(), was.closes, true)}
            </div>
        </fieldset>
    }
    .into_any()
}
