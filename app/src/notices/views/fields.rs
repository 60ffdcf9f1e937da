use super::super::model::{NoticeForm, Priority};
use super::super::rules::{LONGEST_BODY, LONGEST_TITLE};
use super::super::words::{priority_word, use_word};
use crate::estate::{BuildingRef, UnitKind};
use crate::people::{OccupancyKind, occupancy_word};
use crate::texts::{Lang, Texts};
use crate::ui::{Choice, Choices, Field, Radios};
use leptos::prelude::*;

/// The fields of a notice, which begin with what was written: three languages side by side, then to whom and how long.
pub(super) fn fields(t: Texts, buildings: &[BuildingRef], was: NoticeForm) -> AnyView {
    let language = |lang: Lang, title: &'static str, title_was: String, body: &'static str, body_was: String| {
        view! {
            <fieldset class="stack">
                <legend lang=lang.tag()>{lang.own_name()}</legend>
                <Field
                    name=title label=t.bulletin_title_in(lang.own_name()) longest=LONGEST_TITLE value=title_was optional=true
                    autocomplete="off"
                />
                <Field
                    name=body label=t.bulletin_body_in(lang.own_name()) kind="textarea" rows=10 longest=LONGEST_BODY
                    value=body_was optional=true
                />
            </fieldset>
        }
        .into_any()
    };
    let places = buildings.iter().map(|one| Choice::new(one.id.to_string(), one.names.of(t.lang))).collect();
    let uses = UnitKind::ALL.into_iter().map(|kind| Choice::new(kind.tag(), use_word(t, kind))).collect();
    let kinds = OccupancyKind::ALL.into_iter().map(|kind| Choice::new(kind.tag(), occupancy_word(t, kind))).collect();
    let weights = Priority::ALL.into_iter().map(|one| Choice::new(one.tag(), priority_word(t, one))).collect();
    let priority = if was.priority.is_empty() { Priority::Ordinary.tag().to_owned() } else { was.priority };
    view! {
        <p class="hint">{t.bulletin_languages_hint()} " " {t.bulletin_markdown_hint()}</p>
        <div class="languages">
            {language(Lang::En, "notice[title_en]", was.title_en, "notice[body_en]", was.body_en)}
            {language(Lang::Hans, "notice[title_hans]", was.title_hans, "notice[body_hans]", was.body_hans)}
            {language(Lang::Hant, "notice[title_hant]", was.title_hant, "notice[body_hant]", was.body_hant)}
        </div>
        <Radios name="notice[priority]" label=t.bulletin_priority() choices=weights value=priority/>
        <p class="hint">{t.bulletin_priority_hint()}</p>
        <Field
            name="notice[expires]" label=t.bulletin_expires() hint=t.bulletin_expires_hint() kind="datetime-local" value=was.expires
            optional=true
        />
        <fieldset class="stack">
            <legend>{t.bulletin_audience()}</legend>
            <p class="hint">{t.bulletin_audience_hint()}</p>
            <Choices name="notice[buildings]" label=t.bulletin_buildings() choices=places chosen=was.buildings/>
            <div class="pair">
                <Field name="notice[floors]" label=t.bulletin_floors() hint=t.bulletin_floors_hint() value=was.floors optional=true autocomplete="off"/>
                <Field name="notice[stacks]" label=t.bulletin_stacks() hint=t.bulletin_stacks_hint() value=was.stacks optional=true autocomplete="off"/>
            </div>
            <Field name="notice[units]" label=t.bulletin_units() hint=t.bulletin_units_hint() value=was.units optional=true autocomplete="off"/>
            <Choices name="notice[uses]" label=t.bulletin_uses() choices=uses chosen=was.uses/>
            <Choices name="notice[kinds]" label=t.bulletin_kinds() choices=kinds chosen=was.kinds/>
        </fieldset>
    }
    .into_any()
}
