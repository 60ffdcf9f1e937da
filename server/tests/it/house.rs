//! A house for one test: the cast moves in, the clock stands still, calls go through the router.

use app::backend::Backend;
use app::clock::Clock;
use app::moment::Moment;
use app::photos::PhotoStore;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode, header};
use chrono::{TimeZone, Utc};
use serde_json::Value;
use server::floods::Floods;
use server::http::{Setup, router};
use sqlx::PgPool;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Mutex;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// A Monday, noon in Shanghai.
pub fn noon() -> Moment {
    Utc.with_ymd_and_hms(2026, 11, 23, 4, 0, 0).single().unwrap()
}

pub struct House {
    pub pool: PgPool,
    pub backend: Backend,
    pub router: Router,
    cookies: Mutex<HashMap<String, String>>,
}

/// The answer to one request.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The reply of a call that must have succeeded.
    pub fn ok(self) -> Value {
        assert!(self.status.is_success(), "{}: {}", self.status, self.text());
        self.json()
    }

    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        let lines = self.headers.get_all(header::SET_COOKIE).iter().map(|line| line.to_str().unwrap());
        let pairs = lines.filter_map(|line| line.split(';').next()?.split_once('='));
        pairs.filter(|(key, _)| *key == name).map(|(_, value)| value.to_owned()).next()
    }
}

impl House {
    pub async fn open(pool: PgPool) -> Self {
        server::demo::seed_cast(&pool, noon()).await.unwrap();
        Self::over(pool)
    }

    /// Another server over the same database.
    pub fn over(pool: PgPool) -> Self {
        Self::with(pool, |_| {})
    }

    /// The same, set up otherwise.
    pub fn with(pool: PgPool, change: impl FnOnce(&mut Setup)) -> Self {
        let backend = Backend::new(pool.clone(), Clock::frozen(noon()), PhotoStore::memory(), "test", true);
        let mut setup = Setup {
            backend: backend.clone(),
            site: std::env::temp_dir().join("no-site"),
            hashes: None,
            trusted_proxies: Vec::new(),
            floods: Floods::default(),
            closing: CancellationToken::new(),
            own_certificate: false,
            no_worker: false,
        };
        change(&mut setup);
        Self { pool, backend, router: router(setup), cookies: Mutex::default() }
    }

    pub fn advance(&self, minutes: i64) {
        self.backend.clock.advance(chrono::Duration::minutes(minutes));
    }

    /// Somebody of the cast, signed in.
    pub async fn as_person(&self, sign_in: &str) -> Caller<'_> {
        let known = self.cookies.lock().unwrap().get(sign_in).cloned();
        let cookie = match known {
            Some(cookie) => cookie,
            None => {
                let reply = self.stranger().post("people/demo_sign_in", &[("sign_in", sign_in)]).await;
                assert_eq!(reply.status, StatusCode::OK, "{sign_in}: {}", reply.text());
                let token = reply.cookie("__Host-session").unwrap();
                self.cookies.lock().unwrap().insert(sign_in.to_owned(), token.clone());
                token
            }
        };
        Caller { house: self, cookies: vec![("__Host-session".to_owned(), cookie)] }
    }

    /// A lobby screen in a lobby of Liyuan.
    pub async fn as_screen(&self) -> Caller<'_> {
        let known = self.cookies.lock().unwrap().get("a screen").cloned();
        let cookie = match known {
            Some(cookie) => cookie,
            None => {
                let estate: uuid::Uuid = self.value("select id from estate where code_prefix = 'LY'").await;
                let reply = self.stranger().post("screens/open_demo", &[("estate", &estate.to_string())]).await;
                assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
                let token = reply.cookie("__Host-device").unwrap();
                self.cookies.lock().unwrap().insert("a screen".to_owned(), token.clone());
                token
            }
        };
        Caller { house: self, cookies: vec![("__Host-device".to_owned(), cookie)] }
    }

    /// Nobody, as far as the server knows.
    pub fn stranger(&self) -> Caller<'_> {
        Caller { house: self, cookies: Vec::new() }
    }

    pub async fn send(&self, mut request: Request<Body>) -> Reply {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 50_000))));
        let reply = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = reply.into_parts();
        let body = to_bytes(body, 64 << 20).await.unwrap().to_vec();
        Reply { status: parts.status, headers: parts.headers, body }
    }

    /// One value from the database.
    pub async fn value<T>(&self, sql: &'static str) -> T
    where
        T: Send + Unpin + sqlx::Type<sqlx::Postgres> + for<'r> sqlx::Decode<'r, sqlx::Postgres>,
    {
        sqlx::query_scalar(sql).fetch_one(&self.pool).await.unwrap()
    }
}

/// A browser.
#[derive(Clone)]
pub struct Caller<'a> {
    pub house: &'a House,
    pub cookies: Vec<(String, String)>,
}

/// A key that no other call has.
pub fn key() -> String {
    app::call::new_id::<app::ids::Key>(noon()).unwrap().to_string()
}

pub fn encode(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

impl Caller<'_> {
    pub fn with_cookie(mut self, name: &str, value: &str) -> Self {
        self.cookies.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder().method(method).uri(path).header(header::HOST, "steward.test");
        if cookies.is_empty() { request } else { request.header(header::COOKIE, cookies.join("; ")) }
    }

    /// Calls a server function with a fresh key.
    pub async fn post(&self, endpoint: &str, fields: &[(&str, &str)]) -> Reply {
        let key = key();
        let mut all = vec![("key", key.as_str())];
        all.extend_from_slice(fields);
        self.post_exactly(endpoint, &all).await
    }

    /// Calls a server function with exactly these fields, as scripts do.
    pub async fn post_exactly(&self, endpoint: &str, fields: &[(&str, &str)]) -> Reply {
        let request = self
            .request(Method::POST, &format!("/api/{endpoint}"))
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(encode(fields)))
            .unwrap();
        self.house.send(request).await
    }

    /// Posts a plain form from a page, as browsers without scripts do.
    pub async fn submit(&self, from: &str, endpoint: &str, fields: &[(&str, &str)]) -> Reply {
        let key = key();
        let mut all = vec![("key", key.as_str())];
        all.extend_from_slice(fields);
        let request = self
            .request(Method::POST, &format!("/api/{endpoint}"))
            .header(header::ACCEPT, "text/html,application/xhtml+xml")
            .header(header::REFERER, format!("https://steward.test{from}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(encode(&all)))
            .unwrap();
        self.house.send(request).await
    }

    pub async fn get(&self, path: &str) -> Reply {
        let request = self.request(Method::GET, path).header(header::ACCEPT, "text/html").body(Body::empty()).unwrap();
        self.house.send(request).await
    }
}
