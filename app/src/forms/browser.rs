use super::model::Fields;
use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

impl Fields {
    /// Reads an urlencoded body.
    pub fn parse(body: &str) -> Self {
        let text = |pair: &JsValue, at: u32| Array::from(pair).get(at).as_string().unwrap_or_default();
        let pairs = UrlSearchParams::new_with_str(body).map(|params| Array::from(&params)).unwrap_or_default();
        Self(pairs.iter().map(|pair| (text(&pair, 0), text(&pair, 1))).collect())
    }

    /// Writes an urlencoded body.
    pub fn encode(&self) -> String {
        let Ok(params) = UrlSearchParams::new() else { return String::new() };
        self.iter().for_each(|(name, value)| params.append(name, value));
        String::from(params.to_string())
    }
}
