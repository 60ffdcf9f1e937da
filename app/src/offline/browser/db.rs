//! The device's database: what lies in it, and how it is read and written. Nothing else opens it.

use futures::channel::oneshot;
use idb::request::{OpenDatabaseRequest, Request};
use idb::{Database, DatabaseEvent, Error, Factory, KeyPath, ObjectStore, ObjectStoreParams, TransactionMode};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::DomException;

/// Its name, and the version of its stores. A build that knows a later one brings the stores of an earlier one along.
const NAME: &str = "steward";
const VERSION: u32 = 1;

/// Replies of the server, by path and question.
pub const ANSWERS: &str = "answers";
/// The outbox, by the order in which its entries were made.
pub const ENTRIES: &str = "entries";
/// The bytes of photos that have not arrived, by their keys.
pub const FILES: &str = "files";
/// Single facts: whose answers these are.
pub const ABOUT: &str = "about";
/// There: since when everything is here that today's work needs.
pub const READY: &str = "ready";

/// Why something could not be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The browser has no room left for it.
    Full,
    /// The browser keeps nothing: a private window, a damaged profile.
    Barred,
}

impl From<Error> for Trouble {
    fn from(_: Error) -> Self {
        Self::Barred
    }
}

fn trouble(error: Option<DomException>) -> Trouble {
    if error.is_some_and(|error| error.name() == "QuotaExceededError") { Trouble::Full } else { Trouble::Barred }
}

/// The open database.
#[derive(Clone)]
pub struct Db(Rc<Database>);

impl Db {
    /// Opens it, and makes or renews its stores.
    pub async fn open() -> Result<Self, Trouble> {
        let mut request: OpenDatabaseRequest = Factory::new()?.open(NAME, Some(VERSION))?;
        request.on_upgrade_needed(|event| {
            if let Ok(database) = event.database() {
                // What could not be made is missed when it is first used.
                let _ = make_stores(&database);
            }
        });
        let request = asked(request).await?;
        let mut database = request.database()?;
        // A later build wants to renew the stores: it must not wait for this page.
        database.on_version_change(|event| {
            if let Ok(database) = event.database() {
                database.close();
            }
        });
        database.forget_callbacks();
        Ok(Self(Rc::new(database)))
    }

    /// Reads one value; undefined where there is none.
    pub async fn get(&self, store: &str, key: &str) -> Result<JsValue, Trouble> {
        let transaction = self.0.transaction(&[store], TransactionMode::ReadOnly)?;
        value_of(transaction.object_store(store)?.get(JsValue::from_str(key))?).await
    }

    /// Reads all values of a store, in the order of their keys.
    pub async fn all(&self, store: &str) -> Result<Vec<JsValue>, Trouble> {
        let transaction = self.0.transaction(&[store], TransactionMode::ReadOnly)?;
        let values = value_of(transaction.object_store(store)?.get_all(None, None)?).await?;
        Ok(js_sys::Array::from(&values).iter().collect())
    }

    /// Reads the keys of a store that has texts for keys.
    pub async fn keys(&self, store: &str) -> Result<Vec<String>, Trouble> {
        let transaction = self.0.transaction(&[store], TransactionMode::ReadOnly)?;
        let keys = value_of(transaction.object_store(store)?.get_all_keys(None, None)?).await?;
        Ok(js_sys::Array::from(&keys).iter().filter_map(|key| key.as_string()).collect())
    }

    /// Writes in one transaction, whole or not at all; returns once it is stored.
    pub async fn write(
        &self,
        stores: &[&str],
        write: impl FnOnce(&dyn Fn(&str) -> Result<ObjectStore, Error>) -> Result<(), Error>,
    ) -> Result<(), Trouble> {
        let mut transaction = self.0.transaction(stores, TransactionMode::ReadWrite)?;
        if let Err(error) = write(&|store| transaction.object_store(store)) {
            let _ = transaction.abort();
            return Err(error.into());
        }
        let (done, ended) = oneshot::channel::<bool>();
        let done = Rc::new(Cell::new(Some(done)));
        let other = Rc::clone(&done);
        transaction.on_complete(move |_| tell(&done, true));
        transaction.on_abort(move |_| tell(&other, false));
        match ended.await {
            Ok(true) => Ok(()),
            _ => Err(trouble(transaction.error())),
        }
    }
}

fn make_stores(database: &Database) -> Result<(), Error> {
    let known = database.store_names();
    for name in [ANSWERS, FILES, ABOUT] {
        if !known.iter().any(|one| one == name) {
            database.create_object_store(name, ObjectStoreParams::new())?;
        }
    }
    if !known.iter().any(|one| one == ENTRIES) {
        let mut by_place = ObjectStoreParams::new();
        by_place.key_path(Some(KeyPath::new_single("place"))).auto_increment(true);
        database.create_object_store(ENTRIES, by_place)?;
    }
    Ok(())
}

/// Waits for a request, and hands it back where it succeeded.
async fn asked<R: Request>(mut request: R) -> Result<R, Trouble> {
    let (done, ended) = oneshot::channel::<bool>();
    let done = Rc::new(Cell::new(Some(done)));
    let other = Rc::clone(&done);
    request.on_success(move |_| tell(&done, true));
    request.on_error(move |_| tell(&other, false));
    match ended.await {
        Ok(true) => Ok(request),
        _ => Err(trouble(request.error().ok().flatten())),
    }
}

async fn value_of(request: impl Request) -> Result<JsValue, Trouble> {
    Ok(asked(request).await?.result()?)
}

fn tell(done: &Cell<Option<oneshot::Sender<bool>>>, is_good: bool) {
    if let Some(done) = done.take() {
        let _ = done.send(is_good);
    }
}
