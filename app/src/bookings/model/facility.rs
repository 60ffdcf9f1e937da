use crate::estate::Names;
use crate::ids::{BuildingId, EstateId, FacilityId, FacilityUnitId};
use serde::{Deserialize, Serialize};

/// What can be booked: a court, a pool, a meeting room, the moving lift, a guest room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facility {
    /// The facility.
    pub id: FacilityId,
    /// Whose it is.
    pub estate: EstateId,
    /// In addresses: `tennis-court`.
    pub slug: String,
    /// A symbol of the sprite.
    pub icon: String,
    /// What people call it.
    pub names: Names,
    /// What it is, and what is asked of whoever uses it.
    pub about: Names,
    /// Its units, which can be told apart; none where seats are counted.
    pub units: Vec<FacilityUnit>,
    /// Whether it cannot be booked any more.
    pub is_retired: bool,
    /// What holds for whoever books it now.
    pub terms: Terms,
}

/// One of what can be told apart: court 2, lane 7.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacilityUnit {
    /// The unit.
    pub id: FacilityUnitId,
    /// What people call it.
    pub names: Names,
    /// The building whose households alone may have it; none where everybody may.
    pub building: Option<BuildingId>,
}

/// What holds for whoever books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Which, of those that the facility has had.
    pub version: i32,
    /// A booking begins at each so many minutes after opening, and lasts some of these steps.
    pub step_minutes: u32,
    /// How many steps at least,
    pub least_steps: u32,
    /// and at most.
    pub most_steps: u32,
    /// Where it is let by the night, so that a step is a night: the minute of the day after the last one until which a stay
    /// lasts on the estate's wall. None: steps are minutes.
    pub check_out: Option<u16>,
    /// For so many minutes before a booking nobody else has its unit.
    pub before_minutes: u32,
    /// For so many minutes after it, neither.
    pub after_minutes: u32,
    /// So many minutes before it begins it must be booked.
    pub notice_minutes: u32,
    /// So many days ahead it can be.
    pub ahead_days: u32,
    /// How many a household may have; none: as many as it likes.
    pub quota: Option<Quota>,
    /// How many people one booking may bring.
    pub most_heads: u32,
    /// How many seats a slot has; none where units are told apart.
    pub seats: Option<u32>,
    /// For so many minutes a slot is kept for whoever fills in the form.
    pub hold_minutes: u32,
    /// Until so many minutes before it begins it may be given back.
    pub cancel_minutes: u32,
    /// What it costs, in minor units.
    pub price: i64,
    /// For what.
    pub price_per: PricePer,
    /// What is left as security, in minor units.
    pub deposit: i64,
    /// `CNY`
    pub currency: String,
    /// Whether the office looks at each before it is somebody's.
    pub needs_approval: bool,
    /// Whether the office takes down who came.
    pub checks_in: bool,
    /// Whoever has not come so many minutes after it began, has missed it.
    pub grace_minutes: u32,
    /// How many a household may miss; none: nobody counts.
    pub missed: Option<Patience>,
    /// Whether nobody minds which of its units they have: bookings are changed around to make room for another.
    pub swaps: bool,
    /// How old everybody must be who comes.
    pub least_age: Option<u32>,
    /// Whether whoever books was shown around first.
    pub needs_induction: bool,
}

/// How many bookings of one facility a household may miss in so many days, before it waits until they are that long ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patience {
    /// So many,
    pub most: u32,
    /// in so many days.
    pub days: u32,
}

/// How many bookings of one facility a household may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// So many,
    pub most: u32,
    /// by the days on which they begin.
    pub per: Period,
}

/// A day, week (from Monday on) or month on the estate's wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// 每天
    Day,
    /// 每周
    Week,
    /// 每月
    Month,
}

impl Period {
    /// All, the shortest first.
    pub const ALL: [Period; 3] = [Period::Day, Period::Week, Period::Month];

    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
        }
    }

    /// The period of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.tag() == tag)
    }
}

/// For what a price is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PricePer {
    /// 每次
    Booking,
    /// 每小时
    Hour,
    /// 每晚
    Night,
    /// 每人
    Head,
}

impl PricePer {
    /// All.
    pub const ALL: [PricePer; 4] = [PricePer::Booking, PricePer::Hour, PricePer::Night, PricePer::Head];

    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            PricePer::Booking => "booking",
            PricePer::Hour => "hour",
            PricePer::Night => "night",
            PricePer::Head => "head",
        }
    }

    /// What a tag says.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|per| per.tag() == tag)
    }

    /// Whether something can have such a price that is let by the night, or that is not: what lasts a night is not counted in
    /// hours.
    pub fn suits(self, by_night: bool) -> bool {
        match self {
            PricePer::Booking | PricePer::Head => true,
            PricePer::Hour => !by_night,
            PricePer::Night => by_night,
        }
    }
}

impl Terms {
    /// Whether it is let by the night (K5).
    pub fn is_by_night(&self) -> bool {
        self.check_out.is_some()
    }

    /// What a booking of so many steps for so many people costs, in minor units. A broken hour counts by its minutes,
    /// rounded up.
    pub fn price_of(&self, steps: u32, heads: u32) -> i64 {
        match self.price_per {
            PricePer::Booking => self.price,
            PricePer::Head => self.price.saturating_mul(heads.into()),
            PricePer::Night => self.price.saturating_mul(steps.into()),
            PricePer::Hour => {
                let minutes = i64::from(steps) * i64::from(self.step_minutes);
                self.price.saturating_mul(minutes).saturating_add(59) / 60
            }
        }
    }
}
