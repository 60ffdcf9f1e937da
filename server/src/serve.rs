//! `steward serve`: from an address to answered requests, and back to nothing left running.

use std::env;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use app::backend::Backend;
use app::clock::Clock;
use axum_server::tls_rustls::RustlsAcceptor;
use hyper_util::rt::TokioTimer;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::boot::{Database, Failure, Share, Signals};
use crate::config::Serve;
use crate::floods::Floods;
use crate::{demo, http, jobs, live, tls, worker};

/// How long a connection may stay silent before its next request, or dawdle over the head of one.
const NEXT_REQUEST: Duration = Duration::from_secs(60);
/// How long requests may take to finish after the wish to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

pub async fn serve(settings: Serve) -> Result<(), Failure> {
    // First of all: a taken port must not cost the start of a database, and early visitors wait in line.
    let (host, port) = (settings.host.as_str(), settings.port);
    let listener = TcpListener::bind((host, port)).await.map_err(|error| {
        let reason = match error.kind() {
            std::io::ErrorKind::AddrInUse => "another program uses it".to_owned(),
            _ => error.to_string(),
        };
        format!("Steward cannot listen on {host}:{port}: {reason}; choose another with HOST and PORT.")
    })?;
    Database::attended(&settings.database, Share::No, async |database: &Database, signals: &mut Signals| {
        let is_demo = signals.cut(prepare(&settings, database)).await?;
        answer(&settings, listener, database, is_demo, signals).await
    })
    .await
}

/// Brings the database to this version, with the demo in it where that is wanted and can be; whether it is.
async fn prepare(settings: &Serve, database: &Database) -> Result<bool, Failure> {
    database.migrate().await?;
    let found = match settings.demo {
        true => {
            let photos = database.photos()?;
            Some(demo::seed_if_empty(&database.pool, &photos, Clock::System.now()).await?)
        }
        false => None,
    };
    Ok(found.is_some_and(|found| found != demo::Found::OtherData))
}

async fn answer(
    settings: &Serve,
    listener: TcpListener,
    database: &Database,
    is_demo: bool,
    signals: &mut Signals,
) -> Result<(), Failure> {
    let closing = CancellationToken::new();
    let address = listener.local_addr()?;
    let photos = database.photos()?;
    let (site, hashes) = site();
    let build: &'static str = worker::build(worker::Site { folder: &site, hashes: hashes.as_deref() }).leak();
    let backend = Backend::new(database.pool.clone(), Clock::System, photos, build, is_demo);
    let floods = Floods::default();
    for job in [
        tokio::spawn(live::tail(backend.clone(), closing.clone())),
        tokio::spawn(live::hint(backend.clone(), closing.clone())),
        tokio::spawn(jobs::sweep(backend.clone(), floods.clone(), closing.clone())),
        tokio::spawn(jobs::watch(backend.clone(), closing.clone())),
    ] {
        // They end with the closing token.
        drop(job);
    }
    let router = http::router(http::Setup {
        backend,
        site,
        hashes,
        trusted_proxies: settings.trusted_proxies.clone(),
        floods,
        closing: closing.clone(),
        own_certificate: settings.tls,
        no_worker: settings.no_worker,
    });
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let handle = axum_server::Handle::new();
    let mut server = axum_server::from_tcp(listener.into_std()?)?.handle(handle.clone());
    server.http_builder().http1().timer(TokioTimer::new()).header_read_timeout(NEXT_REQUEST);
    let mut answering = if settings.tls {
        let certificate = tls::certificate(&database.data, &settings.host).await?;
        tokio::spawn(server.acceptor(RustlsAcceptor::new(certificate)).serve(service))
    } else {
        // Browsers and proxies speak nothing else in the clear, and to guess what is spoken has no time limit.
        tokio::spawn(server.http1_only().serve(service))
    };
    say(&welcome(settings, address, is_demo));

    tokio::select! {
        ended = &mut answering => return Ok(ended??),
        _ = signals.next() => {}
    }
    say("Stopping …");
    closing.cancel();
    handle.graceful_shutdown(None);
    tokio::select! {
        ended = &mut answering => return Ok(ended??),
        () = tokio::time::sleep(LAST_REQUESTS) => tracing::warn!("requests were still running; they are cut off"),
        // Asked twice: at once.
        _ = signals.next() => {}
    }
    handle.shutdown();
    Ok(())
}

/// Where the browser's build lies: as LEPTOS_SITE_ROOT says, else where `make` puts it; and the list of its
/// hashed names, beside this program unless LEPTOS_HASH_FILE_NAME says otherwise. LEPTOS_HASH_FILES=false: none.
fn site() -> (PathBuf, Option<PathBuf>) {
    let site = env::var_os("LEPTOS_SITE_ROOT").map_or_else(|| PathBuf::from("target/site"), PathBuf::from);
    let name = env::var_os("LEPTOS_HASH_FILE_NAME").unwrap_or_else(|| "hash.txt".into());
    let hashes = env::current_exe().ok().and_then(|program| Some(program.parent()?.join(name)));
    let is_plain = env::var_os("LEPTOS_HASH_FILES").is_some_and(|value| value == "false");
    (site, hashes.filter(|path| !is_plain && path.is_file()))
}

fn welcome(settings: &Serve, address: SocketAddr, is_demo: bool) -> String {
    // What a browser on this machine can open: 0.0.0.0 is no address to visit.
    let host = if address.ip().is_unspecified() { "127.0.0.1".to_owned() } else { settings.host.clone() };
    let host = if host.contains(':') { format!("[{host}]") } else { host };
    let scheme = if settings.tls { "https" } else { "http" };
    let base = format!("{scheme}://{host}:{}", address.port());
    let mut more = String::new();
    if is_demo {
        more += &demo::how_to_sign_in();
        more.push('\n');
    } else if settings.demo {
        more += "This database holds other data, so the demo was neither loaded nor opened.\n";
    }
    if !address.ip().is_loopback() && !settings.tls {
        more += "Browsers keep the sign-in cookie only over HTTPS or on localhost: let a proxy end TLS for other machines, or try them with TLS=1.\n";
    }
    format!(
        "Steward is ready.\n  Residents  {base}/\n  Staff      {base}/staff\n  Kiosk      {base}/kiosk\n{more}Ctrl-C stops it."
    )
}

/// Nobody reading any more is no reason to fall.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
