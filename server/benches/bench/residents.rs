//! The demo's residents, each signed in from an address of their own; and, from the database, what each must see.

use std::net::{Ipv4Addr, SocketAddr};

use app::call::new_id;
use app::clock::Clock;
use app::ids::Key;
use server::boot::Failure;
use sqlx::PgConnection;

use crate::client::{Connection, post};

/// Everybody who lives here now: their first home, a problem that can be reported from it, and what is open there.
const RESIDENTS: &str = "
with home as not materialized (
  select pa.account_id, o.estate_id, o.id, o.unit_id, o.from_on
  from party_account pa
  join occupancy o on o.estate_id = pa.estate_id and o.party_id = pa.party_id
  join estate e on e.id = o.estate_id
  where (now() at time zone e.zone)::date between o.from_on and coalesce(o.to_on, 'infinity')
)
select distinct on (a.id) a.sign_in, a.name, h.estate_id::text as estate, h.unit_id::text as unit,
  (select i.id::text from catalogue_item i
   where i.estate_id = h.estate_id and i.kind = 'problem' and i.place <> 'common' and i.urgency = 'normal'
     and i.retired_at is null
   order by i.position, i.id limit 1) as item,
  array(select r.code from request r
    where r.stage in ('received', 'triaged', 'dispatched', 'in_progress', 'waiting', 'disputed', 'reopened', 'done')
      and (r.reporter_id = a.id or exists (
        select from home n where n.account_id = a.id and n.unit_id = r.unit_id and r.received_at >= n.from_on))) as open
from home h join account a on a.id = h.account_id
where not exists (select from staff_member m where m.account_id = a.id)
order by a.id, h.from_on, h.id";

#[derive(sqlx::FromRow)]
pub struct Resident {
    pub sign_in: String,
    pub name: String,
    pub estate: String,
    pub unit: String,
    pub item: String,
    /// The codes of the matters on their first page.
    pub open: Vec<String>,
    /// The header lines that say who they are and where they come from.
    #[sqlx(skip)]
    pub headers: String,
}

/// Signs everybody in with one tap, as the demo offers it.
pub async fn sign_in(db: &mut PgConnection, address: SocketAddr) -> Result<Vec<Resident>, Failure> {
    let mut residents: Vec<Resident> = sqlx::query_as(RESIDENTS).fetch_all(db).await?;
    let mut connection = Connection::open(address).await?;
    for (number, resident) in (1_u32..).zip(&mut residents) {
        let from = Ipv4Addr::from_bits(Ipv4Addr::new(10, 0, 0, 0).to_bits() + number);
        let (from, key) = (format!("x-forwarded-for: {from}\r\n"), new_id::<Key>(Clock::System.now())?.to_string());
        let tap = post("people/demo_sign_in", &from, &[("key", &key), ("sign_in", &resident.sign_in)]);
        let reply = connection.ask(&tap).await?;
        let cookie = reply.cookie.ok_or_else(|| format!("{} cannot sign in: {}.", resident.sign_in, reply.status))?;
        resident.headers = format!("{from}cookie: {cookie}\r\n");
    }
    Ok(residents)
}
