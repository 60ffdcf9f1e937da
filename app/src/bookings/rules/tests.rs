//! What the tests of the rules book.

use crate::bookings::model::{Booking, BookingStage, Facility, FacilityUnit, PricePer, Terms};
use crate::estate::Names;
use crate::ids::{AccountId, FacilityUnitId};
use crate::moment::Moment;
use uuid::Uuid;

pub fn account(number: u128) -> AccountId {
    AccountId(Uuid::from_u128(number))
}

pub fn unit(number: u128) -> FacilityUnitId {
    FacilityUnitId(Uuid::from_u128(number))
}

/// So many minutes after the tests' beginning.
pub fn instant(minutes: i64) -> Moment {
    Moment::from_timestamp(1_800_000_000 + minutes * 60, 0).unwrap_or_default()
}

pub fn terms(step_minutes: u32, least_steps: u32, most_steps: u32) -> Terms {
    Terms {
        version: 1,
        step_minutes,
        least_steps,
        most_steps,
        check_out: None,
        before_minutes: 0,
        after_minutes: 0,
        notice_minutes: 0,
        ahead_days: 14,
        quota: None,
        most_heads: 4,
        seats: None,
        hold_minutes: 10,
        cancel_minutes: 0,
        price: 0,
        price_per: PricePer::Booking,
        deposit: 0,
        currency: "CNY".to_owned(),
        needs_approval: false,
        checks_in: false,
        grace_minutes: 0,
        missed: None,
        swaps: false,
        least_age: None,
        needs_induction: false,
    }
}

/// With so many units, or so many seats.
pub fn facility(units: u128, seats: Option<u32>) -> Facility {
    let names = || Names { en: String::new(), hans: String::new(), hant: String::new() };
    let units = (1..=units).map(|number| FacilityUnit { id: unit(number), names: names(), building: None });
    Facility {
        id: Uuid::nil().into(),
        estate: Uuid::nil().into(),
        slug: "court".to_owned(),
        icon: "court".to_owned(),
        names: names(),
        about: names(),
        units: units.collect(),
        is_retired: false,
        terms: Terms { seats, ..terms(60, 1, 2) },
    }
}

/// Of so many hours, held until then.
pub fn booking(starts_at: Moment, hours: i64, held_until: Moment) -> Booking {
    Booking {
        id: Uuid::nil().into(),
        estate: Uuid::nil().into(),
        code: String::new(),
        version: 1,
        stage: BookingStage::Held,
        stage_at: instant(0),
        facility: Uuid::nil().into(),
        unit: Uuid::nil().into(),
        account: account(1),
        starts_at,
        ends_at: starts_at + chrono::Duration::hours(hours),
        heads: 1,
        note: None,
        held_until: Some(held_until),
        price: 0,
        made_at: instant(0),
        reason: None,
        reminded_at: None,
        stars: None,
        stars_words: None,
        series: None,
        by_office: false,
    }
}
