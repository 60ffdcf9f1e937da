use super::super::care::{ChangeTerms, LoadFacility};
use super::super::model::{FacilityFile, Period, PricePer, TermsForm};
use super::facility::file;
use crate::asking::Loading;
use crate::fault::Fault;
use crate::forms::Opened;
use crate::live::Room;
use crate::page::office_page;
use crate::policy::weekday_word;
use crate::texts::{Texts, texts};
use crate::ui::{Checkbox, Choice, FaultPage, Field, Hidden, Hold, Post, Select, Steady, awaited, fresh, icon, opened};
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;
use uuid::Uuid;

/// The names of the hours' fields, from Monday on; the last is of holidays.
const HOURS: [&str; 8] = [
    "terms[hours][0]",
    "terms[hours][1]",
    "terms[hours][2]",
    "terms[hours][3]",
    "terms[hours][4]",
    "terms[hours][5]",
    "terms[hours][6]",
    "terms[hours][7]",
];

/// Where whoever may change a facility says what holds for it next.
pub struct TermsPage {
    file: Loading<FacilityFile>,
    opened: Loading<Opened>,
}

office_page!(TermsPage in facility_terms);

impl TermsPage {
    fn data() -> Self {
        Self { file: file(), opened: opened() }
    }

    fn view(self) -> AnyView {
        view! {
            <Suspense>
                {awaited(move || async move {
                    match (self.file.await, self.opened.await) {
                        (Ok(file), _) if !file.may_change => view! { <FaultPage fault=Fault::NotAllowed/> }.into_any(),
                        (Ok(file), Ok(opened)) => view! { <Sheet file opened/> }.into_any(),
                        (Err(fault), _) | (_, Err(fault)) => view! { <FaultPage fault/> }.into_any(),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Sheet(file: FacilityFile, opened: Opened) -> impl IntoView {
    let t = texts();
    let (name, slug) = (file.facility.names.of(t.lang).to_owned(), file.facility.slug.clone());
    let back = format!("/staff/facilities/{slug}");
    let data = fresh(file, Room::Bookings, move || LoadFacility { slug: slug.clone() });
    // Each version has a form of its own: what was read of one overwrites no other.
    let next = Steady::of(move || {
        vec![(Uuid::from_u128(u128::from(data.with(|file| file.facility.terms.version.unsigned_abs()))), 0)]
    });
    view! {
        <Title text=t.frame_title(t.next_title(), t.frame_product())/>
        <a class="back" href=back>{icon("arrow-left")} " " {name}</a>
        <header><h1>{t.next_title()}</h1></header>
        <For
            each=move || next.rows() key=|row| *row
            children=move |row| view! { <NextTerms data hold=next.hold(row) opened=opened.clone()/> }.into_any()
        />
    }
}

/// The form of a facility's next terms, which begins with those that hold, and is decided on these.
#[component]
fn NextTerms(data: RwSignal<FacilityFile>, hold: Hold, opened: Opened) -> impl IntoView {
    let t = texts();
    let file = data.get_untracked();
    let (facility, is_seats) = (file.facility.id, file.facility.terms.seats.is_some());
    let by_night = file.facility.terms.is_by_night();
    let was = TermsForm::of(&file.facility, &file.openings);
    let seen = Signal::stored(file.facility.terms.version.to_string());
    let number = |name: &'static str, label: &'static str, value: &str| {
        view! { <Field name label kind="number" value=value.to_owned()/> }.into_any()
    };
    let maybe = |name: &'static str, label: &'static str, value: &str| {
        view! { <Field name label kind="number" value=value.to_owned() optional=true/> }.into_any()
    };
    let periods = Period::ALL.map(|per| Choice::new(per.tag(), period_word(t, per))).to_vec();
    let prices = PricePer::ALL.into_iter().filter(|per| per.suits(by_night));
    let prices: Vec<_> = prices.map(|per| Choice::new(per.tag(), price_per_word(t, per))).collect();
    let (least, most) = if by_night {
        (t.next_least_nights(), t.next_most_nights())
    } else {
        (t.next_least_steps(), t.next_most_steps())
    };
    let step = if by_night {
        view! { <Field name="terms[check_out]" label=t.terms_check_out() kind="time" value=was.check_out.clone()/> }
            .into_any()
    } else {
        number("terms[step_minutes]", t.next_step(), &was.step_minutes)
    };
    let hours = HOURS
        .into_iter()
        .zip(was.hours.clone())
        .enumerate()
        .map(|(at, (name, value))| {
            let label = if at == 7 { t.care_holiday() } else { weekday_word(t, at) };
            view! { <Field name label value optional=true/> }
        })
        .collect_view();
    view! {
        <Post to=ChangeTerms::PATH opened seen hold>
            <Hidden name="facility" value=facility.to_string()/>
            <fieldset class="stack">
                <legend>{t.next_hours()}</legend>
                <p class="hint soft">{t.next_hours_hint()}</p>
                {by_night.then(|| view! { <p class="hint soft">{t.next_nights_hint()}</p> })}
                <div class="pair">{hours}</div>
            </fieldset>
            <fieldset class="stack">
                <legend>{t.next_length()}</legend>
                <div class="pair">
                    {step}
                    {number("terms[least_steps]", least, &was.least_steps)}
                    {number("terms[most_steps]", most, &was.most_steps)}
                    {number("terms[before_minutes]", t.next_before(), &was.before_minutes)}
                    {number("terms[after_minutes]", t.next_after(), &was.after_minutes)}
                    {number("terms[hold_minutes]", t.next_hold(), &was.hold_minutes)}
                </div>
            </fieldset>
            <fieldset class="stack">
                <legend>{t.next_limits()}</legend>
                <div class="pair">
                    {number("terms[notice_minutes]", t.next_notice(), &was.notice_minutes)}
                    {number("terms[ahead_days]", t.next_ahead(), &was.ahead_days)}
                    {number("terms[cancel_minutes]", t.next_cancel(), &was.cancel_minutes)}
                    {number("terms[most_heads]", t.next_heads(), &was.most_heads)}
                    {is_seats.then(|| number("terms[seats]", t.next_seats(), &was.seats))}
                    {maybe("terms[least_age]", t.next_age(), &was.least_age)}
                    {maybe("terms[quota]", t.next_quota(), &was.quota)}
                    <Select name="terms[quota_per]" label=t.next_quota_per() choices=periods value=was.quota_per.clone()/>
                </div>
            </fieldset>
            <fieldset class="stack">
                <legend>{t.terms_price()}</legend>
                <div class="pair">
                    <Field name="terms[price]" label=t.next_price() value=was.price.clone()/>
                    <Select name="terms[price_per]" label=t.next_price_per() choices=prices value=was.price_per.clone()/>
                    <Field name="terms[deposit]" label=t.terms_deposit() value=was.deposit.clone() optional=true/>
                </div>
            </fieldset>
            <fieldset class="stack">
                <legend>{t.next_office()}</legend>
                <Checkbox name="terms[needs_approval]" label=t.next_approval() ticked=was.needs_approval/>
                <Checkbox name="terms[checks_in]" label=t.next_checks_in() ticked=was.checks_in/>
                <Checkbox name="terms[needs_induction]" label=t.next_induction() ticked=was.needs_induction/>
                <Checkbox name="terms[swaps]" label=t.next_swaps() ticked=was.swaps/>
                <div class="pair">
                    {number("terms[grace_minutes]", t.next_grace(), &was.grace_minutes)}
                    {maybe("terms[most_missed]", t.next_missed(), &was.most_missed)}
                    {maybe("terms[missed_days]", t.next_missed_days(), &was.missed_days)}
                </div>
            </fieldset>
            <p class="hint soft">{t.next_hint()}</p>
            <div class="submit"><button class="button" data-kind="primary">{icon("check")} " " {t.next_save()}</button></div>
        </Post>
    }
}

fn period_word(t: Texts, per: Period) -> &'static str {
    match per {
        Period::Day => t.next_per_day(),
        Period::Week => t.next_per_week(),
        Period::Month => t.next_per_month(),
    }
}

fn price_per_word(t: Texts, per: PricePer) -> &'static str {
    match per {
        PricePer::Booking => t.next_per_booking(),
        PricePer::Hour => t.next_per_hour(),
        PricePer::Night => t.next_per_night(),
        PricePer::Head => t.next_per_head(),
    }
}
