//! The story of each call.

mod book;
mod bundle;
mod desk;
mod due;
mod look;
mod news;
mod office;
mod own;
mod place;
mod signing;

pub use book::{book, create, offer, publish};
pub use desk::{Page, desk, entry, sheet_for};
pub use due::{hand_over, part_lapsed, settle_due};
pub use look::{file, sheet, shelf};
pub use office::{archive, decline, deliver, note, promise, quote, refer, start, take};
pub use own::{accept, rate, refuse, send_back, withdraw};
pub use place::{Typed, order, order_for};
pub use signing::{SignedHere, sign, sign_here};

use super::model::ServiceOrder;
use super::store;
use crate::call::Call;
use crate::fault::Fault;
use crate::happenings::Record;
use crate::ids::EstateId;
use crate::live::Room;
use crate::policy::{self, Orders};
use crate::services::{self, Service};
use serde_json::json;

/// What happened to an order.
fn record(order: &ServiceOrder, kind: &'static str) -> Record {
    Record {
        estate: order.estate,
        room: Room::Concierge,
        subject: order.id.0,
        kind,
        is_public: true,
        is_heard_at_home: true,
        unit: Some(order.unit),
        reader: Some(order.account),
        details: json!({
            "stage": order.stage, "amount": order.amount, "promised_at": order.promised_at, "arrived_at": order.arrived_at,
        }),
    }
}

/// Stores one move, and that it happened.
async fn keep(call: &mut Call, order: &mut ServiceOrder, kind: &'static str) -> Result<(), Fault> {
    let now = call.now;
    store::save(call.db(), order, now).await?;
    call.record(record(order, kind)).await
}

/// What was ordered, under the terms on which it was, and its parts under theirs.
async fn service_of(call: &mut Call, order: &ServiceOrder) -> Result<Service, Fault> {
    let version = (order.terms, order.made_at);
    let found = services::store::find_version(call.db(), order.estate, order.item, version).await?;
    found.ok_or(Fault::NotFound)
}

/// How long its orders wait, by the policy that holds now.
async fn waits(call: &mut Call, estate: EstateId) -> Result<Orders, Fault> {
    let now = call.now;
    let (policy, _) = policy::in_force(call, estate, now).await?;
    Ok(policy.terms.orders)
}

/// Once its person has said how it was, or will not: what is paid is ready for the ledger.
async fn bill(call: &mut Call, order: &mut ServiceOrder) -> Result<(), Fault> {
    let now = call.now;
    if order.bill(now)? {
        keep(call, order, "billed").await?;
    }
    Ok(())
}
