use super::report_draft::values;
use super::report_form::Step;
use super::report_place::places;
use crate::ids::{EstateId, PhotoId};
use crate::photos::PhotoGrid;
use crate::services::{Catalogue, Item};
use crate::texts::{Texts, texts};
use crate::ui::{Choice, changing, icon};
use leptos::prelude::*;
use web_sys::HtmlFormElement;

/// What a report will say, read from its form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Summary {
    pub(super) place: String,
    pub(super) words: String,
    pub(super) photos: Vec<PhotoId>,
    /// How many more lie on this device only.
    pub(super) kept: usize,
    pub(super) times: String,
}

impl Summary {
    pub(super) fn read(t: Texts, form: &HtmlFormElement, catalogue: &Catalogue, item: &Item, times: &[Choice]) -> Self {
        let first = |name| values(form, name).into_iter().next().unwrap_or_default();
        let (place, floor) = (first("place"), first("floor"));
        let (homes, areas) = places(t, catalogue, item);
        let home = homes.into_iter().find(|home| home.value == place).map(|home| home.label);
        let area = areas.into_iter().find_map(|(building, areas)| {
            let area = areas.into_iter().find(|area| area.value == place)?;
            let place = t.place_in_building(area.label, building);
            Some(if floor.trim().is_empty() { place } else { t.place_on_floor(floor.trim(), place) })
        });
        let chosen = values(form, "times[]");
        let times: Vec<_> =
            times.iter().filter(|time| chosen.contains(&time.value)).map(|time| time.label.as_str()).collect();
        let photos = values(form, "photos[]");
        let sent: Vec<PhotoId> = photos.iter().filter_map(|id| id.parse().ok()).collect();
        Self {
            place: home.or(area).unwrap_or_default(),
            words: first("words").trim().to_owned(),
            kept: photos.len() - sent.len(),
            photos: sent,
            times: times.join(" · "),
        }
    }
}

/// The third step: the whole report at a glance.
#[component]
pub(super) fn Check(item: Item, step: RwSignal<Step>, summary: RwSignal<Summary>, estate: EstateId) -> impl IntoView {
    let t = texts();
    let name = item.name(t.lang).to_owned();
    let photos = Signal::derive(move || summary.with(|summary| summary.photos.clone()));
    changing(move || {
        let name = name.clone();
        (step.get() == Step::Check).then(move || {
            let Summary { place, words, photos: sent, kept, times } = summary.get();
            let times = if times.is_empty() { t.report_check_any().to_owned() } else { times };
            view! {
                <section class="card" aria-label=t.report_check_title()>
                    <dl class="facts" data-as="rows">
                        <div>
                            <dt>{t.report_check_what()}</dt>
                            <dd>{name}</dd>
                        </div>
                        <div>
                            <dt>{t.report_check_where()}</dt>
                            <dd>{place}</dd>
                        </div>
                        <div>
                            <dt>{t.report_check_words()}</dt>
                            <dd>{words}</dd>
                        </div>
                        <div>
                            <dt>{t.report_check_photos()}</dt>
                            <dd>
                                {(sent.is_empty() && kept == 0).then(|| t.report_check_none())}
                                {(kept > 0).then(|| view! { <p class="hint">{icon("offline")} " " {t.offline_photos(kept)} " · " {t.offline_photo_kept()}</p> })}
                                <PhotoGrid estate photos/>
                            </dd>
                        </div>
                        <div>
                            <dt>{t.report_check_times()}</dt>
                            <dd>{times}</dd>
                        </div>
                    </dl>
                </section>
                <p class="soft">{t.report_after()}</p>
            }
        })
    })
}
