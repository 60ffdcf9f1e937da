use crate::services::{Catalogue, Item, Whereabouts};
use crate::texts::{Texts, texts};
use crate::ui::{Choice, Field, Select};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Where a problem is: one list of homes and common places, as far as the problem can be there; and the
/// storey, which the style sheet shows for common places alone. So it works alike with scripts and without.
#[component]
pub fn PlaceFields(
    /// The estate's places.
    catalogue: StoredValue<Catalogue>,
    /// The problem.
    item: Item,
) -> impl IntoView {
    let t = texts();
    let (homes, areas) = catalogue.with_value(|catalogue| places(t, catalogue, &item));
    let both = !homes.is_empty() && !areas.is_empty();
    let may_be_common = !areas.is_empty();
    // A lobby screen says where it stands.
    let named = use_query_map().with_untracked(|query| query.get("place"));
    let named = named.filter(|named| areas.iter().any(|(_, areas)| areas.iter().any(|area| area.value == *named)));
    let first = named.or(homes.first().map(|home| home.value.clone())).unwrap_or_default();
    let mut groups = areas;
    let choices = if both {
        groups.insert(0, (t.report_place_mine().to_owned(), homes));
        Vec::new()
    } else {
        homes
    };
    view! {
        <Select name="place" label=t.report_place() choices groups value=first/>
        {may_be_common.then(|| view! {
            <div class="floor">
                <Field name="floor" label=t.report_floor() hint=t.report_floor_hint() optional=true longest=4/>
            </div>
        })}
    }
}

type Areas = Vec<(String, Vec<Choice>)>;

/// Homes, and common places by building.
pub(super) fn places(t: Texts, catalogue: &Catalogue, item: &Item) -> (Vec<Choice>, Areas) {
    let homes = match item.place {
        Whereabouts::Common => Vec::new(),
        _ => catalogue
            .homes
            .iter()
            .map(|home| Choice::new(format!("unit:{}", home.unit.id), home.unit.label(t)))
            .collect(),
    };
    if item.place == Whereabouts::Home {
        return (homes, Vec::new());
    }
    let areas_of = |building| {
        let areas = catalogue.areas.iter().filter(move |area| area.building == building);
        areas.map(|area| Choice::new(format!("area:{}", area.id), area.names.of(t.lang))).collect::<Vec<_>>()
    };
    // The building that they live in stands first.
    let own = catalogue.homes.first().map(|home| home.unit.building.clone());
    let mut buildings: Vec<_> = catalogue.buildings.iter().collect();
    buildings.sort_by_key(|building| Some(&building.names) != own.as_ref());
    let mut groups: Areas =
        buildings.iter().map(|building| (building.names.of(t.lang).to_owned(), areas_of(Some(building.id)))).collect();
    groups.push((t.report_place_grounds().to_owned(), areas_of(None)));
    groups.retain(|(_, areas)| !areas.is_empty());
    (homes, groups)
}
