//! Somebody at a browser: signed in with one tap, as the demo offers it, or before.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Instant;

use app::call::new_id;
use app::clock::Clock;
use app::ids::Key;
use server::boot::Failure;

use crate::client::{Connection, Reply, post};

pub struct Member {
    pub sign_in: String,
    pub cookie: String,
    connection: Connection,
    turn: u32,
}

impl Member {
    pub async fn sign_in(address: SocketAddr, sign_in: &str) -> Result<Self, Failure> {
        let mut connection = Connection::open(address).await?;
        let key = key()?;
        let tap = post("people/demo_sign_in", "", &[("key", &key), ("sign_in", sign_in)]);
        let cookie = connection.ask(&tap).await?.cookie.ok_or_else(|| format!("{sign_in} cannot sign in."))?;
        Ok(Self { sign_in: sign_in.to_owned(), cookie, connection, turn: 0 })
    }

    /// Somebody whose session, of this token, has begun already.
    pub async fn known(address: SocketAddr, token: &str) -> Result<Self, Failure> {
        let (connection, cookie) = (Connection::open(address).await?, format!("__Host-session={token}"));
        Ok(Self { sign_in: token.to_owned(), cookie, connection, turn: 0 })
    }

    /// Calls a server function; how many milliseconds it took, and the answer.
    pub async fn ask(&mut self, endpoint: &str, fields: &[(&str, &str)]) -> Result<(f64, Reply), Failure> {
        let ask = post(endpoint, &self.headers(), fields);
        let begun = Instant::now();
        let reply = self.connection.ask(&ask).await?;
        Ok((begun.elapsed().as_secs_f64() * 1000.0, reply))
    }

    /// Each request from another address, so that limits stay on.
    fn headers(&mut self) -> String {
        self.turn += 1;
        let from = Ipv4Addr::from_bits(Ipv4Addr::new(10, 9, 0, 0).to_bits() + self.turn);
        format!("x-forwarded-for: {from}\r\ncookie: {}\r\n", self.cookie)
    }
}

/// A key that no other form has.
pub fn key() -> Result<String, Failure> {
    Ok(new_id::<Key>(Clock::System.now())?.to_string())
}
