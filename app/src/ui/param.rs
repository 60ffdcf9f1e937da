use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// What stands in the page's address for a part of its route (`:code`); empty where the route has no such part. For `data()`.
pub fn param(name: &'static str) -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get_str(name).unwrap_or_default().to_owned()))
}
