//! The live channel: server-sent events to screens, and the tail of the record that carries happenings
//! from one replica to another.

use std::convert::Infallible;
use std::time::Duration;

use app::backend::Backend;
use app::happenings;
use app::people::Viewer;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::{Extension, http::StatusCode};
use futures::{Stream, StreamExt, stream};
use sqlx::postgres::PgListener;
use tokio_stream::wrappers::BroadcastStream;
use tokio_util::sync::CancellationToken;

/// Heartbeats keep proxies from closing a quiet line, and tell screens that it is not a dead one.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// A line is closed after so long, so that a revoked session does not listen on.
const LONGEST: Duration = Duration::from_secs(30 * 60);
/// How long a replica may go without looking, when no hint arrives.
const POLL: Duration = Duration::from_secs(1);
/// Hints of commits that follow each other within this time are merged.
const HINT_EVERY: Duration = Duration::from_millis(50);

/// `GET /live`: the build first, then the name of a room for each happening in it that concerns the caller.
pub async fn events(
    State((backend, closing)): State<(Backend, CancellationToken)>,
    viewer: Option<Extension<Viewer>>,
) -> Response {
    let Some(Extension(viewer)) = viewer.filter(|viewer| viewer.person().is_some() || viewer.screen().is_some()) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let build = Event::default().event("build").data(backend.build);
    let rooms = BroadcastStream::new(backend.live.subscribe()).filter_map(move |beat| {
        let room = match beat {
            Ok(beat) => beat.concerns(&viewer).then(|| beat.room.tag()),
            // It fell behind and missed some: everything may have changed.
            Err(_) => Some("all"),
        };
        std::future::ready(room.map(|room| Event::default().event("room").data(room)))
    });
    let end = async move {
        tokio::select! {
            () = closing.cancelled() => {}
            () = tokio::time::sleep(LONGEST) => {}
        }
    };
    let stream = stream::once(std::future::ready(build)).chain(rooms).take_until(end);
    answer(stream).into_response()
}

fn answer(stream: impl Stream<Item = Event> + Send + 'static) -> impl IntoResponse {
    let sign = Event::default().event("here").data("yes");
    Sse::new(stream.map(Ok::<_, Infallible>)).keep_alive(KeepAlive::new().interval(HEARTBEAT).event(sign))
}

/// Relays what other replicas commit, until the server closes.
pub async fn tail(backend: Backend, closing: CancellationToken) {
    let work = async {
        let mut listener = None;
        let mut mark = None;
        loop {
            if let Err(error) = catch_up(&backend, &mut mark).await {
                tracing::warn!(%error, "the record could not be read; trying again");
            }
            if listener.is_none() {
                listener = listen(&backend).await;
            }
            let hint = async {
                match &mut listener {
                    Some(line) => line.recv().await.is_ok(),
                    None => std::future::pending().await,
                }
            };
            // The line broke: polling goes on until there is a new one.
            if let Ok(false) = tokio::time::timeout(POLL, hint).await {
                listener = None;
            }
        }
    };
    tokio::select! {
        () = closing.cancelled() => {}
        () = work => {}
    }
}

async fn listen(backend: &Backend) -> Option<PgListener> {
    let mut listener = PgListener::connect_with(&backend.pool).await.ok()?;
    listener.listen("happening").await.ok()?;
    Some(listener)
}

async fn catch_up(backend: &Backend, mark: &mut Option<happenings::Mark>) -> Result<(), app::fault::Fault> {
    let mut db = backend.pool.acquire().await?;
    let Some(from) = mark else {
        *mark = Some(happenings::end(&mut db).await?);
        return Ok(());
    };
    loop {
        let (beats, next) = happenings::tail(&mut db, from).await?;
        if beats.is_empty() {
            return Ok(());
        }
        beats.into_iter().for_each(|beat| backend.live.relay(beat));
        *from = next;
    }
}

/// Hints to other replicas that something was committed here.
pub async fn hint(backend: Backend, closing: CancellationToken) {
    loop {
        tokio::select! {
            () = closing.cancelled() => return,
            () = backend.live.committed() => {}
        }
        if let Ok(mut db) = backend.pool.acquire().await {
            // A lost hint costs a second, not a happening.
            let _ = happenings::hint(&mut db).await;
        }
        tokio::time::sleep(HINT_EVERY).await;
    }
}
