#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::Dashboard;
use crate::asking::Packed;
use crate::fault::Fault;
use leptos::prelude::*;

/// The figures of the last 30 (where nothing is said), 90 or 365 days, of the whole estate or of a department by its
/// slug. Supervisors, heads, the site manager and headquarters; who sees a department alone reads that one's.
#[server(endpoint = "insights/dashboard", prefix = "/api")]
pub async fn load_dashboard(days: Option<u16>, department: Option<String>) -> Result<Packed<Dashboard>, Fault> {
    crate::asking::packed(super::serve::dashboard(days, department).await)
}
