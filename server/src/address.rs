//! Where a request comes from: the peer, or what a proxy that we trust says of it.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use app::backend::Address;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;

/// Puts the address into the request's extensions.
pub async fn layer(State(trusted): State<Arc<[IpAddr]>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    if let Some(peer) = peer {
        let address = caller(peer, &forwarded(request.headers()), &trusted);
        request.extensions_mut().insert(Address(address));
    }
    next.run(request).await
}

/// What was forwarded, as one list: a proxy may add a line of its own instead of to the last one.
fn forwarded(headers: &HeaderMap) -> String {
    let lines = headers.get_all("x-forwarded-for").iter().map(|line| line.to_str().unwrap_or_default());
    lines.collect::<Vec<_>>().join(",")
}

/// The last address in the chain that is not one of our proxies: what stands before it, anybody may have written.
/// An IPv4 address counts as itself, also where a socket for both kinds wraps it up.
fn caller(peer: IpAddr, forwarded: &str, trusted: &[IpAddr]) -> IpAddr {
    let mut address = peer.to_canonical();
    let mut chain = forwarded.rsplit(',').map(|part| part.trim().parse::<IpAddr>());
    while trusted.iter().any(|proxy| proxy.to_canonical() == address) {
        match chain.next() {
            Some(Ok(before)) => address = before.to_canonical(),
            _ => break,
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::{caller, forwarded};
    use axum::http::{HeaderMap, HeaderValue};
    use std::net::IpAddr;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        let proxies = [ip("10.0.0.1"), ip("10.0.0.2")];
        assert_eq!(caller(ip("203.0.113.9"), "198.51.100.7", &proxies), ip("203.0.113.9"));
        assert_eq!(caller(ip("10.0.0.1"), "198.51.100.7", &proxies), ip("198.51.100.7"));
        assert_eq!(caller(ip("10.0.0.1"), "1.2.3.4, 198.51.100.7, 10.0.0.2", &proxies), ip("198.51.100.7"));
        assert_eq!(caller(ip("10.0.0.1"), "junk", &proxies), ip("10.0.0.1"));
    }

    #[test]
    fn a_wrapped_address_is_the_same_address() {
        let (plain, wrapped) = (ip("10.0.0.1"), ip("::ffff:10.0.0.1"));
        for (peer, proxy) in [(plain, wrapped), (wrapped, plain), (wrapped, wrapped)] {
            assert_eq!(caller(peer, "::ffff:198.51.100.7", &[proxy]), ip("198.51.100.7"));
        }
        assert_eq!(caller(ip("::ffff:203.0.113.9"), "198.51.100.7", &[plain]), ip("203.0.113.9"));
    }

    #[test]
    fn several_lines_are_one_list() {
        let mut headers = HeaderMap::new();
        assert_eq!(caller(ip("10.0.0.1"), &forwarded(&headers), &[ip("10.0.0.1")]), ip("10.0.0.1"));
        for line in ["1.2.3.4", "198.51.100.7, 10.0.0.2"] {
            headers.append("x-forwarded-for", HeaderValue::from_static(line));
        }
        let proxies = [ip("10.0.0.1"), ip("10.0.0.2")];
        assert_eq!(caller(ip("10.0.0.1"), &forwarded(&headers), &proxies), ip("198.51.100.7"));
        assert_eq!(caller(ip("10.0.0.1"), &forwarded(&headers), &proxies[..1]), ip("10.0.0.2"));
    }
}
