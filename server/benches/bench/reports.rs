//! Residents report. Afterwards every acknowledged report must stand in the database exactly once, under the code that
//! was told, and nothing that nobody sent.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use app::call::new_id;
use app::clock::Clock;
use app::ids::Key;
use app::people::Limit;
use serde_json::Value;
use server::boot::Failure;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::client::{Reply, post};
use crate::driver::{Errand, Load, drive, five_rounds};
use crate::figures::Figures;
use crate::residents::Resident;

/// What stands in the database, and how often its arrival was recorded.
const STORED: &str = "
select r.words, r.code, (select count(*) from happening h
  where h.estate_id = r.estate_id and h.subject_id = r.id and h.kind = 'received')
from request r where r.words like $1 || ' %'";

/// Words, code, and how often its arrival was recorded.
type Stored = (String, String, i64);

struct Reports {
    residents: Arc<[Resident]>,
    /// Marks the words of this run.
    run: Uuid,
    /// As many as the limit of each account allows.
    most: usize,
    turns: AtomicUsize,
    acknowledged: Mutex<Vec<Stored>>,
}

impl Reports {
    fn words(&self, number: usize) -> String {
        format!("{} {number}", self.run)
    }

    async fn check(&self, db: &mut PgConnection) -> Result<(), Failure> {
        let mut stored: Vec<Stored> = sqlx::query_as(STORED).bind(self.run.to_string()).fetch_all(db).await?;
        let mut told = self.acknowledged.lock().unwrap_or_else(PoisonError::into_inner).clone();
        stored.sort();
        told.sort();
        if told != stored {
            let lost = told.iter().filter(|report| stored.binary_search(report).is_err()).count();
            let (told, stored) = (told.len(), stored.len());
            return Err(format!("WRONG: {told} reports acknowledged, {stored} stored, {lost} lost.").into());
        }
        println!("   {} reports acknowledged, each of them stored once", told.len());
        Ok(())
    }
}

impl Errand for Reports {
    fn next(&self) -> Option<(usize, Vec<u8>)> {
        let number = self.turns.fetch_add(1, Ordering::Relaxed);
        if number >= self.most {
            return None;
        }
        let resident = &self.residents[number % self.residents.len()];
        let key = Uuid::from_u128(self.run.as_u128().wrapping_add(number as u128)).to_string();
        let (place, words) = (format!("unit:{}", resident.unit), self.words(number));
        let fields: [(&str, &str); 5] = [
            ("key", &key),
            ("estate", &resident.estate),
            ("item", &resident.item),
            ("place", &place),
            ("words", &words),
        ];
        Some((number, post("requests/report", &resident.headers, &fields)))
    }

    fn judge(&self, number: usize, reply: &Reply) -> Result<(), Failure> {
        let receipt: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
        let (200, Some(code)) = (reply.status, receipt["code"].as_str()) else {
            return Err(format!("WRONG: a report was answered with {}: {}", reply.status, reply.text()?).into());
        };
        let kept = (self.words(number), code.to_owned(), 1);
        self.acknowledged.lock().unwrap_or_else(PoisonError::into_inner).push(kept);
        Ok(())
    }
}

pub async fn measure(
    address: SocketAddr,
    residents: &Arc<[Resident]>,
    db: &mut PgConnection,
    figures: &mut Figures,
) -> Result<(), Failure> {
    let reports = Arc::new(Reports {
        residents: Arc::clone(residents),
        run: new_id::<Key>(Clock::System.now())?.0,
        most: residents.len() * usize::try_from(Limit::REPORT.tries)?,
        turns: AtomicUsize::new(0),
        acknowledged: Mutex::default(),
    });
    drive(address, &reports, Load::saturating(1)).await?;
    // Saturation last: it may use up what the limits allow, and then ends early.
    let outcome = five_rounds(address, &reports, Load::arriving(100, 5)).await?;
    figures.at_most("submit_p99_at_100", outcome.p99, "ms", 60.0);
    let outcome = five_rounds(address, &reports, Load::saturating(2)).await?;
    figures.at_least("submit_saturation", outcome.rate, "req/s", 400.0);
    reports.check(db).await
}
