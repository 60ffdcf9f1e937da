use crate::forms::{Opened, open_form};
use crate::ids::DraftId;
use crate::packed::Loading;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The key of a page's forms, and what was kept of one that was refused (`?kept=`). For `data()`.
pub fn opened() -> Loading<Opened> {
    let query = use_query_map();
    let kept = move || query.with(|query| query.get_str("kept").and_then(|id| id.parse::<DraftId>().ok()));
    Loading::new(kept, open_form)
}
