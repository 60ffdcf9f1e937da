//! Where a request comes from: the peer, or what a proxy that we trust says of it.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use app::backend::Address;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;

/// Puts the address into the request's extensions.
pub async fn layer(State(trusted): State<Arc<[IpAddr]>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    if let Some(peer) = peer {
        let forwarded = request.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok());
        let address = caller(peer, forwarded.unwrap_or_default(), &trusted);
        request.extensions_mut().insert(Address(address));
    }
    next.run(request).await
}

/// The last address in the chain that is not one of our proxies: what stands before it, anybody may have written.
fn caller(peer: IpAddr, forwarded: &str, trusted: &[IpAddr]) -> IpAddr {
    let mut address = peer;
    let mut chain = forwarded.rsplit(',').map(|part| part.trim().parse::<IpAddr>());
    while trusted.contains(&address) {
        match chain.next() {
            Some(Ok(before)) => address = before,
            _ => break,
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::caller;
    use std::net::IpAddr;

    #[test]
    fn only_trusted_proxies_are_believed() {
        let ip = |text: &str| text.parse::<IpAddr>().expect("an address");
        let proxies = [ip("10.0.0.1"), ip("10.0.0.2")];
        assert_eq!(caller(ip("203.0.113.9"), "198.51.100.7", &proxies), ip("203.0.113.9"));
        assert_eq!(caller(ip("10.0.0.1"), "198.51.100.7", &proxies), ip("198.51.100.7"));
        assert_eq!(caller(ip("10.0.0.1"), "1.2.3.4, 198.51.100.7, 10.0.0.2", &proxies), ip("198.51.100.7"));
        assert_eq!(caller(ip("10.0.0.1"), "junk", &proxies), ip("10.0.0.1"));
    }
}
