use crate::asking::Loading;
use crate::forms::{OpenForm, Opened};
use crate::ids::DraftId;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The key of a page's forms, and what was kept of one that was refused (`?kept=`). For `data()`.
pub fn opened() -> Loading<Opened> {
    let query = use_query_map();
    let kept = move || query.with(|query| query.get_str("kept").and_then(|id| id.parse::<DraftId>().ok()));
    Loading::new(move || OpenForm { kept: kept() })
}
