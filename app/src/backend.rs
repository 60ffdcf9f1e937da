//! What the server shares between calls: the database, the clock, the photos, the live channel, the lines of those who want
//! the same.

use crate::bookings::HoldCrowds;
use crate::clock::Clock;
use crate::fault::{Fault, Note, Refusal};
use crate::live::Live;
use crate::photos::PhotoStore;
use axum::http::{Extensions, HeaderMap, header};
use sqlx::PgPool;
use std::net::{IpAddr, Ipv6Addr};

/// Cheap to clone; every request carries one in its extensions.
#[derive(Clone)]
pub struct Backend {
    /// The database.
    pub pool: PgPool,
    /// Where time comes from.
    pub clock: Clock,
    /// Where photos lie.
    pub photos: PhotoStore,
    /// Where committed happenings are announced to the open screens of this process.
    pub live: Live,
    /// Those who want to book one time, as far as they ask this process.
    pub holding: HoldCrowds,
    /// Names the build: browsers of another one are asked to reload.
    pub build: &'static str,
    /// One-tap sign-in and the gallery are offered.
    pub demo: bool,
}

impl Backend {
    /// A backend over a pool, with a live channel of its own.
    pub fn new(pool: PgPool, clock: Clock, photos: PhotoStore, build: &'static str, demo: bool) -> Self {
        Self { pool, clock, photos, live: Live::default(), holding: HoldCrowds::default(), build, demo }
    }
}

/// Random bytes from the operating system.
pub fn random<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| broken("no randomness", &error))?;
    Ok(bytes)
}

/// Logs a cause once, under a reference that may be told.
pub fn broken(what: &str, cause: &dyn std::fmt::Display) -> Fault {
    let mut bytes = [0_u8; 5];
    let reference = match getrandom::fill(&mut bytes) {
        Ok(()) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        Err(_) => String::new(),
    };
    tracing::error!(reference, cause = %cause, "{what}");
    Fault::Broken { reference }
}

impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Self {
        if let sqlx::Error::Database(cause) = &error {
            if let Some(note) = cause.constraint().and_then(field_of) {
                return note;
            }
            if cause.code().is_some_and(|code| code == "40001" || code == "40P01") {
                tracing::warn!(cause = %cause, "writes stood in each other's way");
                return Fault::Contended;
            }
        }
        broken("the database refused", &error)
    }
}

/// Constraints that a person can run into although the form was checked: somebody else was faster.
fn field_of(constraint: &str) -> Option<Fault> {
    match constraint {
        "account_sign_in_key" => Some(Fault::field("sign_in", Note::Taken)),
        "catalogue_item_slug_key" => Some(Fault::field("slug", Note::Taken)),
        "saved_view_name_key" => Some(Fault::field("name", Note::Taken)),
        "replay_pkey" | "rating_pkey" | "api_report_token_key" => Some(Fault::Stale),
        // Whoever takes a slot has locked its facility; only what they did not know of can stand there.
        "unit_claim_during_excl" | "seat_claim_pkey" => Some(Fault::Taken { instead: Vec::new(), wanted: None }),
        // A place is taken by whoever has locked its facility; only what they did not know of can stand there.
        "activity_room_excl" => Some(Refusal::IsShut.into()),
        "activity_closure_id_kept" => Some(Refusal::HasActivity.into()),
        "participation_unit_id_key" => Some(Refusal::HasSignedUp.into()),
        // Whoever it was given to has left meanwhile.
        "request_accountable_id_present" => Some(Fault::Stale),
        "work_order_accountable_id_present" | "work_order_assignee_id_present" => Some(Refusal::NotOnTheTeam.into()),
        _ => None,
    }
}

/// Where this site stands, as far as a request tells: in the clear only on the machine itself.
pub fn origin_of(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let is_local = host.starts_with("localhost") || host.starts_with("127.0.0.1") || host.starts_with("[::1]");
    format!("{}://{host}", if is_local { "http" } else { "https" })
}

/// The address that a request came from: the connection's, or what a trusted proxy says.
#[derive(Clone, Copy, Debug)]
pub struct Address(pub IpAddr);

impl Address {
    /// One subscriber's line, by which tries are counted: an IPv4 address, or the /64 within which a host picks
    /// its IPv6 addresses.
    pub fn line(self) -> IpAddr {
        match self.0.to_canonical() {
            IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
            v4 => v4,
        }
    }

    /// The line of a request, as a counter's name; all that came from nowhere count together.
    pub fn line_of(request: &Extensions) -> String {
        request.get::<Self>().map_or_else(|| "unknown".to_owned(), |address| address.line().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::Address;
    use std::net::IpAddr;

    #[test]
    fn addresses_of_one_line_count_together() {
        let line = |text: &str| Address(text.parse().expect("an address")).line();
        assert_eq!(line("2001:db8:1:2::3"), line("2001:db8:1:2:ffff::9"));
        assert_ne!(line("2001:db8:1:2::3"), line("2001:db8:1:3::3"));
        assert_eq!(line("::ffff:203.0.113.9"), IpAddr::from([203, 0, 113, 9]));
    }
}
