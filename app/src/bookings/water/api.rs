#![expect(clippy::too_many_arguments, reason = "a server function takes its form's fields")]
#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use crate::fault::Fault;
use crate::ids::{FacilityId, Key};
use leptos::prelude::*;

/// Writes down what was read of a facility's water (K4): free residual chlorine in mg/L (`0.5`), pH (`7.2`), turbidity in NTU
/// (`0.4`), temperature in °C (`26.5`), how many people swam; now, or at a time of the last seven days on the estate's wall
/// (`2026-11-23T16:30`). One that corrects another (`corrects`: its id) has its time, and says why in its note.
#[server(endpoint = "bookings/log_water", prefix = "/api")]
pub async fn log_water(
    key: Key,
    facility: FacilityId,
    chlorine: String,
    ph: String,
    turbidity: String,
    temperature: String,
    heads: String,
    read_at: Option<String>,
    note: Option<String>,
    corrects: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    let measures = [chlorine, ph, turbidity, temperature, heads];
    super::super::serve::log_water(facility, super::super::rules::WaterForm { measures, read_at, note, corrects }).await
}

/// Whether a facility keeps a water log from today on (`keep=true`), or not any more.
#[server(endpoint = "bookings/keep_water_log", prefix = "/api")]
pub async fn keep_water_log(key: Key, facility: FacilityId, keep: Option<bool>) -> Result<(), Fault> {
    let _ = key;
    super::super::serve::keep_water_log(facility, keep.unwrap_or_default()).await
}
