use super::super::model::{Booking, BookingNews, Facility, Lot, Waiting};
use crate::call::Call;
use crate::fault::Fault;
use crate::messages::{self, About, Telling, Weight};
use crate::moment::Moment;
use crate::people::{self, Role};

fn telling(booking: &Booking, facility: &Facility, news: BookingNews) -> Telling {
    Telling::Booking {
        news,
        code: booking.code.clone(),
        facility: facility.names.clone(),
        starts_at: booking.starts_at,
    }
}

fn about(booking: &Booking) -> About {
    About { estate: booking.estate, request: None }
}

/// Tells whoever booked it what became of it; of what the office has in its own name, nobody.
pub async fn tell(call: &mut Call, booking: &Booking, facility: &Facility, news: BookingNews) -> Result<(), Fault> {
    if booking.by_office {
        return Ok(());
    }
    let telling = telling(booking, facility, news);
    messages::tell_home(call, &[booking.account], &telling, about(booking), Weight::Apart).await
}

/// Tells those who answer it that somebody asks: the desk, else the site manager.
pub async fn tell_desk(call: &mut Call, booking: &Booking, facility: &Facility) -> Result<(), Fault> {
    let mut desk = Vec::new();
    for role in [Role::Receptionist, Role::Assistant, Role::Coordinator, Role::SiteManager] {
        if role != Role::SiteManager || desk.is_empty() {
            desk.extend(people::store::list_in_role(call.db(), booking.estate, role, None).await?);
        }
    }
    messages::tell(call, &desk, &telling(booking, facility, BookingNews::Asked), about(booking)).await
}

/// Tells whoever waited that it did not come free.
pub async fn tell_in_vain(call: &mut Call, entry: &Waiting, facility: &Facility) -> Result<(), Fault> {
    let telling = Telling::Booking {
        news: BookingNews::NotFreed,
        code: String::new(),
        facility: facility.names.clone(),
        starts_at: entry.starts_at,
    };
    let about = About { estate: entry.estate, request: None };
    messages::tell_home(call, &[entry.account], &telling, about, Weight::Apart).await
}

/// Tells whoever entered a lot what became of it, where that is no booking.
pub async fn tell_lot(call: &mut Call, lot: &Lot, facility: &Facility, news: BookingNews) -> Result<(), Fault> {
    let dearest = lot.wishes.first().and_then(|wish| Moment::from_timestamp(*wish, 0));
    let telling = Telling::Booking {
        news,
        code: String::new(),
        facility: facility.names.clone(),
        starts_at: dearest.unwrap_or(call.now),
    };
    let about = About { estate: lot.estate, request: None };
    messages::tell_home(call, &[lot.account], &telling, about, Weight::Apart).await
}
