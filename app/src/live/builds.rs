use leptos::prelude::*;

/// The build that rendered this page.
pub fn own_build() -> Option<String> {
    document().document_element()?.get_attribute("data-build")
}
