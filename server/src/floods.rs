//! Floods: what one address may ask of one replica. Whatever counts tries (sign-in, codes, uploads) counts them
//! in Postgres, across replicas; this only keeps one machine's loop from taking everybody's place.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use app::backend::Address;
use app::fault::Fault;
use app::forms;
use app::open311;
use axum::extract::{Request, State};
use axum::http::header;
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
    let Some(address) = request.extensions().get::<Address>().copied() else { return next.run(request).await };
    let Err(until) = floods.0.check_key(&address.line()) else { return next.run(request).await };
    let seconds = until.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
    let wait = u32::try_from(seconds).unwrap_or(u32::MAX);
    let path = request.uri().path();
    if path.starts_with("/open311/") {
        return open311::refused(path, Fault::TooMany { wait });
    }
    let refusal = forms::reply_for(request.headers(), &Fault::TooMany { wait });
    ([(header::RETRY_AFTER, wait.to_string())], refusal).into_response()
}

#[cfg(test)]
mod tests {
    use super::{AT_ONCE, Floods};
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
}
