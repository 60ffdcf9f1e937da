//! Floods: what one address may ask of one replica. Whatever counts tries (sign-in, codes, uploads) counts them
//! in Postgres, across replicas; this only keeps one machine's loop from taking everybody's place.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::Arc;

use app::backend::Address;
use app::fault::Fault;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Requests a second that an address may keep up; a whole office tower may stand behind one.
const PER_SECOND: NonZeroU32 = NonZeroU32::MIN.saturating_add(99);
/// Requests at once, after a while of quiet.
const AT_ONCE: NonZeroU32 = NonZeroU32::MIN.saturating_add(1_999);

/// What each address has asked of late.
#[derive(Clone)]
pub struct Floods(Arc<DefaultKeyedRateLimiter<IpAddr>>);

impl Default for Floods {
    fn default() -> Self {
        Self(Arc::new(RateLimiter::keyed(Quota::per_second(PER_SECOND).allow_burst(AT_ONCE))))
    }
}

impl Floods {
    /// Forgets the addresses that have been quiet.
    pub fn sweep(&self) {
        self.0.retain_recent();
        self.0.shrink_to_fit();
    }
}

/// Refuses with 429 and the seconds to wait.
pub async fn layer(State(floods): State<Floods>, request: Request, next: Next) -> Response {
    let Some(Address(address)) = request.extensions().get::<Address>() else { return next.run(request).await };
    let Err(until) = floods.0.check_key(&line(*address)) else { return next.run(request).await };
    let seconds = until.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
    let wait = u32::try_from(seconds).unwrap_or(u32::MAX);
    (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, wait.to_string())], Json(Fault::TooMany { wait }))
        .into_response()
}

/// One subscriber's line: an IPv4 address, or the /64 within which a host picks its IPv6 addresses.
fn line(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::{AT_ONCE, Floods, line};
    use std::net::IpAddr;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn a_flood_is_stopped_and_nobody_else_notices() {
        let floods = Floods::default();
        let many = AT_ONCE.get() * 2;
        let passed = (0..many).filter(|_| floods.0.check_key(&ip("203.0.113.9")).is_ok()).count();
        assert!(passed < many as usize, "a loop must not pass for ever");
        assert!(floods.0.check_key(&ip("198.51.100.7")).is_ok());
    }

    #[test]
    fn addresses_of_one_line_count_together() {
        assert_eq!(line(ip("2001:db8:1:2::3")), line(ip("2001:db8:1:2:ffff::9")));
        assert_ne!(line(ip("2001:db8:1:2::3")), line(ip("2001:db8:1:3::3")));
        assert_eq!(line(ip("::ffff:203.0.113.9")), ip("203.0.113.9"));
    }
}
