//! Residents look at their first page. Every page must say whose it is, and list exactly what is open there.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use server::boot::Failure;
use server::demo::cast;

use crate::client::{Connection, Reply, get};
use crate::driver::{Errand, Load, drive, five_rounds};
use crate::figures::Figures;
use crate::residents::Resident;

struct Homes {
    residents: Arc<[Resident]>,
    encoding: &'static str,
    turns: AtomicUsize,
}

impl Homes {
    fn new(residents: &Arc<[Resident]>, encoding: &'static str) -> Arc<Self> {
        Arc::new(Self { residents: Arc::clone(residents), encoding, turns: AtomicUsize::new(0) })
    }

    fn whose(&self, number: usize) -> &Resident {
        &self.residents[number % self.residents.len()]
    }
}

impl Errand for Homes {
    fn next(&self) -> Option<(usize, Vec<u8>)> {
        let number = self.turns.fetch_add(1, Ordering::Relaxed);
        Some((number, get("/home", self.encoding, &self.whose(number).headers)))
    }

    fn judge(&self, number: usize, reply: &Reply) -> Result<(), Failure> {
        let (resident, page) = (self.whose(number), reply.text()?);
        let listed = page.matches("href=\"/requests/").count();
        let is_right = reply.status == 200
            && page.contains(&format!(">{} · ", resident.name))
            && listed == resident.open.len()
            && resident.open.iter().all(|code| page.contains(&format!("href=\"/requests/{code}\"")));
        if is_right {
            return Ok(());
        }
        let Resident { sign_in, open, .. } = resident;
        Err(format!("WRONG: the home of {sign_in} ({}) lists {listed} matters; open are {open:?}.", reply.status)
            .into())
    }
}

pub async fn measure(address: SocketAddr, residents: &Arc<[Resident]>, figures: &mut Figures) -> Result<(), Failure> {
    let known = residents.iter().find(|resident| resident.sign_in == cast::RESIDENT);
    let page = get("/home", "br", &known.ok_or("The cast is not there.")?.headers);
    let page = Connection::open(address).await?.ask(&page).await?;
    figures.at_most("home_html", page.body.len() as f64 / 1024.0, "KB", 14.0);

    // As browsers ask for it; uncompressed only to show what compression costs.
    let homes = Homes::new(residents, "br");
    drive(address, &homes, Load::saturating(3)).await?;
    let outcome = five_rounds(address, &homes, Load::saturating(4)).await?;
    figures.at_least("home_saturation", outcome.rate, "req/s", 800.0);
    let outcome = five_rounds(address, &homes, Load::arriving(200, 5)).await?;
    figures.at_most("home_p99_at_200", outcome.p99, "ms", 40.0);
    let outcome = five_rounds(address, &Homes::new(residents, "identity"), Load::saturating(3)).await?;
    figures.note("home_saturation_uncompressed", outcome.rate, "req/s");
    Ok(())
}
