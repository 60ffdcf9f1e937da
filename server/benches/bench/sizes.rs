//! What a browser downloads, brotli-compressed; the same script checks it in `make test`.

use std::path::Path;
use std::process::Command;

use serde::Deserialize;
use server::boot::Failure;

use crate::figures::Figures;

#[derive(Deserialize)]
struct Sizes {
    wasm: f64,
    js: f64,
    css: f64,
    home: f64,
    further: f64,
    matter: f64,
}

pub fn measure(root: &Path, figures: &mut Figures) -> Result<(), Failure> {
    let script = Command::new("node").args([".make/sizes.mjs", "--json"]).current_dir(root).output()?;
    if !script.status.success() {
        return Err(format!("The sizes are unknown: {}", String::from_utf8_lossy(&script.stderr)).into());
    }
    let sizes: Sizes = serde_json::from_slice(&script.stdout)?;
    figures.note("wasm_base", sizes.wasm, "KB");
    figures.note("wasm_js", sizes.js, "KB");
    figures.at_most("wasm_home_first_load", sizes.home, "KB", 230.0);
    figures.at_most("wasm_further_page", sizes.further, "KB", 25.0);
    figures.at_most("wasm_staff_matter", sizes.matter, "KB", 300.0);
    figures.at_most("css_brotli", sizes.css, "KB", 15.0);
    Ok(())
}
