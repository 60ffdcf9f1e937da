//! One server call: who calls, what time it is, and the transaction in which everything happens.

use crate::backend::{Backend, broken, random};
use crate::contention::Again;
use crate::device_time::DeviceTime;
use crate::estate::{self, Zone};
use crate::fault::Fault;
use crate::happenings::{self, Record};
use crate::live::Beat;
use crate::messages::Told;
use crate::moment::{Moment, Wall};
use crate::people::{self, Actor, Limit, Program, Resident, Viewer};
use crate::policy::Policy;
use crate::replay::{self, Once};
use axum::http::request::Parts;
use leptos::prelude::use_context;
use serde::Serialize;
use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, Postgres, Transaction};
use uuid::Uuid;

enum Link {
    Reading(PoolConnection<Postgres>),
    Writing(Transaction<'static, Postgres>),
}

/// A call that is under way. Dropped without a commit, it leaves nothing behind.
pub struct Call {
    /// Who calls.
    pub viewer: Viewer,
    /// One instant for the whole call.
    pub now: Moment,
    /// What the server shares.
    pub backend: Backend,
    link: Link,
    once: Option<Once>,
    /// Whose keys they are under which replies are kept: an account, a lobby screen, or another program.
    holder: Uuid,
    actor: Actor,
    /// When it was done by the clock of the device that sends it only now.
    device: Option<DeviceTime>,
    beats: Vec<Beat>,
    /// What residents were told in it: of several steps of one matter they are told as one.
    pub(crate) told: Vec<Told>,
    /// The policies that were asked for in it, and for which instants.
    pub(crate) policies: Vec<(Policy, Zone, Moment)>,
}

impl Call {
    /// A call that only reads: no transaction.
    pub async fn read() -> Result<Self, Fault> {
        let (viewer, backend, once, _) = arrived()?;
        let link = Link::Reading(backend.pool.acquire().await?);
        Ok(Self::over(viewer, backend, link, once))
    }

    /// A call that writes: takes effect on [`Call::commit`], once a key. [`Fault::StillRunning`] while the same one is
    /// under way.
    pub async fn open() -> Result<Self, Fault> {
        let (viewer, backend, once, device) = arrived()?;
        if once.is_none() {
            return Err(broken("a write without a key", &"every writing form carries one"));
        }
        let link = Link::Writing(backend.pool.begin().await?);
        Self { device, ..Self::over(viewer, backend, link, once) }.alone().await
    }

    /// A call that counts what is tried anew each time: it writes, and keeps no reply for a key.
    pub async fn anew() -> Result<Self, Fault> {
        let (viewer, backend, ..) = arrived()?;
        let link = Link::Writing(backend.pool.begin().await?);
        Ok(Self::over(viewer, backend, link, None))
    }

    /// A call of the product's own, which writes: what is due, whoever asks.
    pub async fn of_job(backend: &Backend) -> Result<Self, Fault> {
        let link = Link::Writing(backend.pool.begin().await?);
        Ok(Self::over(Viewer::default(), backend.clone(), link, None))
    }

    /// A call of another program, which writes: once a key, where it sends one. No person acts.
    pub async fn of_program(backend: &Backend, program: &Program, once: Option<Once>) -> Result<Self, Fault> {
        let link = Link::Writing(backend.pool.begin().await?);
        Self { holder: program.key.0, ..Self::over(Viewer::default(), backend.clone(), link, once) }.alone().await
    }

    /// This call, if no other does the same now.
    async fn alone(mut self) -> Result<Self, Fault> {
        let holder = self.holder;
        if let Some(once) = self.once.clone() {
            replay::begin(self.db(), holder, &once).await?;
        }
        Ok(self)
    }

    fn over(viewer: Viewer, backend: Backend, link: Link, once: Option<Once>) -> Self {
        let holder = viewer.holder();
        let (actor, now) = (viewer.actor(), backend.clock.now());
        Self {
            viewer,
            now,
            backend,
            link,
            once,
            holder,
            actor,
            device: None,
            beats: Vec::new(),
            told: Vec::new(),
            policies: Vec::new(),
        }
    }

    /// Proof of being a resident, for a write: what this call records is the person's own doing, even where
    /// they work in an office too.
    pub fn as_resident(&mut self) -> Result<Resident, Fault> {
        let resident = self.viewer.resident()?;
        self.actor.staff = None;
        Ok(resident)
    }

    /// The connection; inside the transaction where there is one.
    pub fn db(&mut self) -> &mut PgConnection {
        match &mut self.link {
            Link::Reading(connection) => connection,
            Link::Writing(transaction) => transaction,
        }
    }

    /// When it was done: now, or a while ago on a device that had no signal. Only a promise made there goes by it.
    pub fn made_at(&self) -> Moment {
        self.device.and_then(|device| device.done_before(self.now)).unwrap_or(self.now)
    }

    /// A new id of this instant.
    pub fn id<T: From<Uuid>>(&self) -> Result<T, Fault> {
        new_id(self.now)
    }

    /// The clock on the wall where the caller works or lives.
    pub fn wall(&self) -> Wall {
        estate::wall(self.viewer.zone(), self.now)
    }

    /// Records what happened, in this transaction; announced after the commit.
    pub async fn record(&mut self, record: Record) -> Result<(), Fault> {
        let (now, actor, device) = (self.now, self.actor, self.device);
        let beat = happenings::insert_from(self.db(), &record, actor, now, device).await?;
        self.beats.push(beat);
        Ok(())
    }

    /// Records what came by itself: nobody did it.
    pub async fn note(&mut self, record: Record) -> Result<(), Fault> {
        let now = self.now;
        let beat = happenings::insert(self.db(), &record, Actor::default(), now).await?;
        self.beats.push(beat);
        Ok(())
    }

    /// Announces after the commit what a room has recorded by itself, in this transaction.
    pub fn announce(&mut self, beats: impl IntoIterator<Item = Beat>) {
        self.beats.extend(beats);
    }

    /// Who does all this, for the record.
    pub fn actor(&self) -> Actor {
        self.actor
    }

    /// For what sets a cookie and may be done anew each time, like signing in: no reply is kept, since a cookie cannot
    /// come again with it.
    pub fn is_done_anew(&mut self) {
        self.once = None;
    }

    /// Keeps the reply for replays, commits, and tells the open screens.
    pub async fn commit<R: Serialize>(self, reply: R) -> Result<R, Fault> {
        let kept = serde_json::to_string(&reply).map_err(|error| broken("a reply that is no JSON", &error))?;
        self.finish(kept).await?;
        Ok(reply)
    }

    /// The same for a reply that may be seen once: replays get `kept`, which leaves the secret out.
    pub async fn commit_once<R: Serialize>(self, reply: R, kept: &R) -> Result<R, Fault> {
        let kept = serde_json::to_string(kept).map_err(|error| broken("a reply that is no JSON", &error))?;
        self.finish(kept).await?;
        Ok(reply)
    }

    /// Refuses what was asked, but commits what came by itself before that. No reply is kept: it may be asked again.
    pub async fn refuse<R>(mut self, fault: Fault) -> Result<R, Fault> {
        self.once = None;
        self.finish(String::new()).await?;
        Err(fault)
    }

    async fn finish(mut self, kept: String) -> Result<(), Fault> {
        let (holder, now) = (self.holder, self.now);
        if let Some(once) = self.once.take() {
            replay::keep(self.db(), holder, &once, &kept, now).await?;
        }
        if let Link::Writing(transaction) = self.link {
            transaction.commit().await?;
        }
        self.backend.live.announce(&self.beats);
        Ok(())
    }
}

/// Counts one try before the call it belongs to begins: a refused try counts too, and nothing waits for a
/// second connection while it holds one. A call that is run again is the same try.
pub async fn limited(limit: Limit, who: &str) -> Result<(), Fault> {
    if use_context::<Parts>().is_some_and(|parts| parts.extensions.get::<Again>().is_some()) {
        return Ok(());
    }
    let backend = backend()?;
    let mut db = backend.pool.acquire().await?;
    people::allow(&mut db, limit, who, backend.clock.now()).await
}

/// Who calls, before the call begins.
pub fn viewer() -> Result<Viewer, Fault> {
    arrived().map(|(viewer, ..)| viewer)
}

/// What the server shares, before the call begins.
pub fn backend() -> Result<Backend, Fault> {
    arrived().map(|(_, backend, ..)| backend)
}

/// What the server's layers found out about the request before the call began.
fn arrived() -> Result<(Viewer, Backend, Option<Once>, Option<DeviceTime>), Fault> {
    let parts = use_context::<Parts>().ok_or_else(|| broken("a call without a request", &"no parts in context"))?;
    let backend = parts.extensions.get::<Backend>().cloned();
    let backend = backend.ok_or_else(|| broken("a call without a backend", &"the layer is missing"))?;
    let viewer = parts.extensions.get::<Viewer>().cloned().unwrap_or_default();
    let device = DeviceTime::told(&parts.headers, backend.clock.now());
    Ok((viewer, backend, parts.extensions.get::<Once>().cloned(), device))
}

/// A v7 UUID of an instant: sorted by time, random within it.
pub fn new_id<T: From<Uuid>>(at: Moment) -> Result<T, Fault> {
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
    Ok(T::from(uuid::Builder::from_unix_timestamp_millis(millis, &random::<10>()?).into_uuid()))
}
