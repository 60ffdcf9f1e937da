use crate::fault::Fault;
use crate::forms::{Opened, open_form};
use crate::ids::DraftId;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The key of a page's forms, and what was kept of one that was refused (`?kept=`). For `data()`.
pub fn opened() -> Resource<Result<Opened, Fault>> {
    let query = use_query_map();
    let kept = move || query.with(|query| query.get_str("kept").and_then(|id| id.parse::<DraftId>().ok()));
    Resource::new(kept, open_form)
}
