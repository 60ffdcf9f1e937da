use crate::bookings::{Booking, BookingCard, BookingStage};
use crate::estate::Names;
use crate::moment::Moment;
use crate::services::{Answers, PriceRule, ServiceTerms};
use serde::{Deserialize, Serialize};

/// A part of an order of a bundle (A14): a line of its charge notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderPart {
    /// As its bundle calls it.
    pub slug: String,
    /// What people call it.
    pub names: Names,
    /// A symbol of the sprite.
    pub icon: String,
    /// Under the terms of then; none of what is booked.
    pub terms: Option<ServiceTerms>,
    /// What was answered to its questions.
    pub answers: Answers,
    /// When it is wanted.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub needed_at: Option<Moment>,
    /// How it is priced.
    pub price_rule: PriceRule,
    /// What all of it, an hour or a piece cost when it was ordered, in minor units.
    pub rate: i64,
    /// For how many minutes it is reckoned,
    pub minutes: Option<u32>,
    /// and how many pieces.
    pub pieces: Option<u32>,
    /// What it costs.
    pub amount: i64,
    /// What is booked for it.
    pub booking: Option<BookingCard>,
}

impl OrderPart {
    /// Whether what is booked for it has begun, or is over.
    pub fn has_begun(&self, at: Moment) -> bool {
        let begun = |booking: &Booking| match booking.stage {
            BookingStage::Present | BookingStage::Done | BookingStage::Missed => true,
            stage => stage == BookingStage::Confirmed && booking.starts_at <= at,
        };
        self.booking.as_ref().is_some_and(|card| begun(&card.booking))
    }
}
