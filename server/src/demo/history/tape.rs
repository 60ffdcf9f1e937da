//! What the rules decided, kept until everything is in the order of time, then stored.

use app::fault::Fault;
use app::followups::{self, FollowUp};
use app::happenings;
use app::ids::{AccountId, EstateId, LineId, PhotoId, PromiseId, StaffId};
use app::moment::Moment;
use app::people::Actor;
use app::photos::{self, Processed};
use app::requests::store::{insert, insert_attempt, insert_past, insert_promise, insert_rating, save, save_clocks};
use app::requests::{Attempt, Happening, Outcome, PreferredTime, Promise, Rating, Reckoned, Request, Step, record_of};
use app::work::{self, MaterialDraft, Order, Window};
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// One thing to store.
enum Write {
    Received(Request, Vec<PreferredTime>),
    Papered(PhotoId, Request, AccountId),
    Promised(PromiseId, Request, Promise, Option<StaffId>, Option<String>),
    Saved(Request),
    Issued(Order),
    Moved(Order),
    Signed(Uuid, Order, String, StaffId),
    Found(Uuid, Order, String, StaffId),
    Used(LineId, Order, MaterialDraft, StaffId),
    Spent(LineId, Order, i32, StaffId),
    Offered(Request, Window, StaffId),
    Picked(Request, Window, AccountId),
    Rated(Request, Rating, AccountId),
    Tried(Uuid, Request, Attempt, StaffId),
    Recorded(happenings::Record, Happening, Actor),
    Clocked(Request, Vec<Reckoned>),
    Ended(EstateId, PromiseId, Outcome),
    /// With the month's first day, and its seed.
    Drawn(FollowUp, NaiveDate, String),
    Asked(FollowUp),
}

/// Things to store, each with its time.
#[derive(Default)]
pub struct Tape(Vec<(Moment, Write)>);

impl Tape {
    pub fn received(&mut self, request: &Request, times: Vec<PreferredTime>, at: Moment) {
        self.0.push((at, Write::Received(request.clone(), times)));
    }

    /// The paper of another office, as whoever took it sent its photo.
    pub fn papered(&mut self, id: PhotoId, request: &Request, by: AccountId, at: Moment) {
        self.0.push((at, Write::Papered(id, request.clone(), by)));
    }

    pub fn promised(
        &mut self,
        id: PromiseId,
        request: &Request,
        promise: Promise,
        by: Option<StaffId>,
        reason: Option<String>,
        at: Moment,
    ) {
        self.0.push((at, Write::Promised(id, request.clone(), promise, by, reason)));
    }

    /// A request that moved, and why.
    pub fn keep(&mut self, request: &mut Request, happening: &Happening, by: Actor, at: Moment) {
        self.0.push((at, Write::Saved(request.clone())));
        request.version += 1;
        self.record(request, happening, by, at);
    }

    pub fn issued(&mut self, order: &Order, at: Moment) {
        self.0.push((at, Write::Issued(order.clone())));
    }

    pub fn moved(&mut self, order: &mut Order, at: Moment) {
        self.0.push((at, Write::Moved(order.clone())));
        order.version += 1;
    }

    pub fn signed(&mut self, id: Uuid, order: &Order, name: &str, by: StaffId, at: Moment) {
        self.0.push((at, Write::Signed(id, order.clone(), name.to_owned(), by)));
    }

    /// What an order's worker found on site, used and spent.
    pub fn found(&mut self, id: Uuid, order: &Order, words: String, by: StaffId, at: Moment) {
        self.0.push((at, Write::Found(id, order.clone(), words, by)));
    }

    /// A time that is offered, and one that is picked.
    pub fn offered(&mut self, request: &Request, window: Window, by: StaffId, at: Moment) {
        self.0.push((at, Write::Offered(request.clone(), window, by)));
    }

    pub fn picked(&mut self, request: &Request, window: Window, by: AccountId, at: Moment) {
        self.0.push((at, Write::Picked(request.clone(), window, by)));
    }

    pub fn used(&mut self, id: LineId, order: &Order, material: MaterialDraft, by: StaffId, at: Moment) {
        self.0.push((at, Write::Used(id, order.clone(), material, by)));
    }

    pub fn spent(&mut self, id: LineId, order: &Order, minutes: i32, by: StaffId, at: Moment) {
        self.0.push((at, Write::Spent(id, order.clone(), minutes, by)));
    }

    pub fn rated(&mut self, request: &Request, rating: Rating, by: AccountId, at: Moment) {
        self.0.push((at, Write::Rated(request.clone(), rating, by)));
    }

    pub fn tried(&mut self, id: Uuid, request: &Request, attempt: Attempt, by: StaffId, at: Moment) {
        self.0.push((at, Write::Tried(id, request.clone(), attempt, by)));
    }

    pub fn record(&mut self, request: &Request, happening: &Happening, by: Actor, at: Moment) {
        self.record_with(request, happening, &[], by, at);
    }

    /// The same for what came with photos.
    pub fn record_with(&mut self, request: &Request, happening: &Happening, photos: &[PhotoId], by: Actor, at: Moment) {
        self.0.push((at, Write::Recorded(record_of(request, happening, photos), happening.clone(), by)));
    }

    /// A request that was drawn to be asked about again, under the seed of a month.
    pub fn drawn(&mut self, follow_up: &FollowUp, (month, seed): (NaiveDate, String), at: Moment) {
        self.0.push((at, Write::Drawn(follow_up.clone(), month, seed)));
    }

    pub fn asked(&mut self, follow_up: &FollowUp, at: Moment) {
        self.0.push((at, Write::Asked(follow_up.clone())));
    }

    /// Who of the office has done anything about it.
    pub fn hands(&self) -> Vec<StaffId> {
        let hand = |(_, write): &(Moment, Write)| match write {
            Write::Recorded(_, _, by) => by.staff,
            _ => None,
        };
        self.0.iter().filter_map(hand).collect()
    }

    pub fn clocked(&mut self, request: &Request, clocks: Vec<Reckoned>, at: Moment) {
        self.0.push((at, Write::Clocked(request.clone(), clocks)));
    }

    /// What became of every promise; that one lapsed is in the record.
    pub fn judge(&mut self, request: &Request, now: Moment) {
        let history = self.steps();
        let made = self.0.iter().filter_map(|(at, write)| match write {
            Write::Promised(id, _, promise, ..) => Some((*at, *id, *promise)),
            _ => None,
        });
        for (made_at, id, promise) in made.collect::<Vec<_>>() {
            let Some((outcome, at)) = promise.end(made_at, &history, now) else { continue };
            self.0.push((at, Write::Ended(request.estate, id, outcome)));
            if outcome == Outcome::Missed {
                self.record(request, &Happening::PromiseLapsed { promise }, Actor::default(), at);
            }
        }
    }

    pub fn append(&mut self, other: Tape) {
        self.0.extend(other.0);
    }

    /// What happened, for clocks to listen to.
    pub fn steps(&self) -> Vec<Step> {
        let step = |(at, write): &(Moment, Write)| match write {
            Write::Recorded(_, happening, by) => {
                Some(Step { at: *at, happening: happening.clone(), by_office: by.staff.is_some() })
            }
            _ => None,
        };
        self.0.iter().filter_map(step).collect()
    }

    /// What happened, by whom, and who answered for it then.
    pub fn told(&self) -> Vec<(Moment, &Happening, Actor, Option<StaffId>)> {
        let (mut accountable, mut told) = (None, Vec::new());
        for (at, write) in &self.0 {
            match write {
                Write::Received(request, _) | Write::Saved(request) => accountable = request.accountable,
                Write::Recorded(_, happening, by) => told.push((*at, happening, *by, accountable)),
                _ => {}
            }
        }
        told
    }

    /// The request after each of its moves.
    pub fn requests(&self) -> Vec<(Moment, Request)> {
        let request = |write: &Write| match write {
            Write::Received(request, _) | Write::Saved(request) => Some(request.clone()),
            _ => None,
        };
        self.0.iter().filter_map(|(at, write)| Some((*at, request(write)?))).collect()
    }

    /// Stores everything, oldest first; every paper of another office looks like this one.
    pub async fn store(mut self, db: &mut PgConnection, paper: &Processed) -> Result<(), Fault> {
        self.0.sort_by_key(|(at, _)| *at);
        let mut ended = Vec::new();
        for (at, write) in self.0 {
            match write {
                Write::Received(request, times) => insert(db, &request, &times).await?,
                Write::Papered(id, request, by) => {
                    photos::store::insert(db, request.estate, id, paper, by, at).await?;
                    photos::store::attach(db, request.estate, &[id], by, request.id, None).await?;
                }
                Write::Promised(id, request, promise, by, reason) => {
                    insert_promise(db, id, &request, promise, by, reason.as_deref(), at).await?;
                }
                Write::Saved(mut request) => save(db, &mut request).await?,
                Write::Issued(order) => work::store::insert(db, &order).await?,
                Write::Moved(mut order) => work::store::save(db, &mut order).await?,
                Write::Signed(id, order, name, by) => {
                    work::store::insert_signature(db, id, &order, &name, None, by, at).await?;
                }
                Write::Found(id, order, words, by) => {
                    work::store::insert_finding(db, id, &order, &words, by, at).await?;
                }
                Write::Used(id, order, material, by) => {
                    work::store::insert_material(db, id, &order, &material, by, at).await?;
                }
                Write::Spent(id, order, minutes, by) => {
                    work::store::insert_time(db, id, &order, minutes, by, at).await?;
                }
                Write::Offered(request, window, by) => {
                    let span = (window.from, window.until);
                    work::store::insert_window(db, window.id, (request.estate, request.id), span, by, at).await?;
                }
                Write::Picked(request, window, by) => {
                    work::store::pick_window(db, (request.estate, request.id), window.id, by, at).await?;
                }
                Write::Rated(request, rating, by) => {
                    insert_rating(db, &request, rating, by, at).await?;
                }
                Write::Tried(id, request, attempt, by) => insert_attempt(db, id, &request, &attempt, by, at).await?,
                Write::Recorded(record, _, by) => {
                    happenings::insert(db, &record, by, at).await?;
                }
                Write::Clocked(request, clocks) => save_clocks(db, &request, &clocks).await?,
                Write::Ended(estate, id, outcome) => ended.push((estate, id, outcome, at)),
                Write::Drawn(follow_up, month, seed) => {
                    followups::store::insert_seed(db, follow_up.estate, month, &seed, at).await?;
                    followups::store::insert(db, &follow_up).await?;
                }
                Write::Asked(mut follow_up) => followups::store::save(db, &mut follow_up).await?,
            }
        }
        insert_past(db, &ended).await
    }
}
