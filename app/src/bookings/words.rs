//! What bookings, their times and their prices are called.

use super::model::{
    BookingNews, BookingStage, Draw, DrawStage, Measure, Patience, Period, PricePer, Quota, Recurs, Terms, Tried,
    WaterReading,
};
use crate::moment::{Moment, Wall, When, day, span};
use crate::texts::Texts;
use crate::ui::WallClock;

/// How many ranges of a day are told one by one.
const MOST_RANGES: usize = 3;

/// Where a booking stands, in a word.
pub fn booking_stage_word(t: Texts, stage: BookingStage) -> &'static str {
    match stage {
        BookingStage::Held => t.booking_held(),
        BookingStage::Requested => t.booking_requested(),
        BookingStage::Confirmed => t.booking_confirmed(),
        BookingStage::Present => t.booking_present(),
        BookingStage::Done => t.booking_done(),
        BookingStage::Missed => t.booking_missed(),
        BookingStage::Declined => t.booking_declined(),
        BookingStage::Lapsed => t.booking_lapsed(),
        BookingStage::Cancelled => t.booking_cancelled(),
        BookingStage::Expired => t.booking_expired(),
    }
}

/// Its symbol.
pub fn booking_stage_icon(stage: BookingStage) -> &'static str {
    match stage {
        BookingStage::Held | BookingStage::Requested => "clock",
        BookingStage::Confirmed | BookingStage::Done => "check-circle",
        BookingStage::Present => "user-check",
        BookingStage::Missed
        | BookingStage::Declined
        | BookingStage::Lapsed
        | BookingStage::Cancelled
        | BookingStage::Expired => "cross",
    }
}

/// `Sat 28 Nov, 09:00–10:00`; over midnight with the second day.
pub fn times_text(t: Texts, from: When, until: When) -> String {
    let end = if until.day() == from.day() { until.clock() } else { until.full(t) };
    t.booking_times(day(t, from.day()), from.clock(), end)
}

/// When a day is free: `9–12 · 14–22`; beyond three ranges how many there are: `9–10 · 11–12 · 13–14 +2`.
pub fn ranges_text(ranges: &[(Moment, Moment)], wall: &Wall) -> String {
    let hour = |minute: u16| match minute % 60 {
        0 => (minute / 60).to_string(),
        rest => format!("{}:{rest:02}", minute / 60),
    };
    let range = |(from, until): &(Moment, Moment)| {
        let (from, until) = (wall.at(*from), wall.at(*until));
        // Midnight ends the day that it closes.
        let end = if until.minute() == 0 && until.day() > from.day() { 1440 } else { until.minute() };
        format!("{}–{}", hour(from.minute()), hour(end))
    };
    let shown = ranges.iter().take(MOST_RANGES).map(range).collect::<Vec<_>>().join(" · ");
    match ranges.len().saturating_sub(MOST_RANGES) {
        0 => shown,
        rest => format!("{shown} +{rest}"),
    }
}

/// An amount in minor units of a currency: `¥30`, `¥30.50`, `HKD 30`.
pub fn money(minor: i64, currency: &str) -> String {
    let (whole, rest) = (minor / 100, minor % 100);
    let sign = if currency == "CNY" { "¥".to_owned() } else { format!("{currency} ") };
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest:02}") }
}

/// What a booking costs, in minor units of a currency: `Free of charge`, `¥60`.
pub fn cost_text(t: Texts, price: i64, currency: &str) -> String {
    if price == 0 { t.price_free().to_owned() } else { money(price, currency) }
}

/// `Free of charge`, `¥30 an hour`.
pub fn price_text(t: Texts, terms: &Terms) -> String {
    let amount = money(terms.price, &terms.currency);
    match terms.price_per {
        _ if terms.price == 0 => t.price_free().to_owned(),
        PricePer::Booking => t.price_per_booking(amount),
        PricePer::Hour => t.price_per_hour(amount),
        PricePer::Night => t.price_per_night(amount),
        PricePer::Head => t.price_per_head(amount),
    }
}

/// How long so many steps of so many minutes are: `1 h 30 min`; or so many nights.
pub fn length_text(t: Texts, steps: u32, step_minutes: u32, by_night: bool) -> String {
    if by_night { t.book_nights(steps) } else { span(t, i64::from(steps) * i64::from(step_minutes)) }
}

/// `2 a week for each household`.
pub fn quota_text(t: Texts, quota: Quota) -> String {
    match quota.per {
        Period::Day => t.quota_per_day(quota.most),
        Period::Week => t.quota_per_week(quota.most),
        Period::Month => t.quota_per_month(quota.most),
    }
}

/// Until when it may be given back, in words.
pub fn cancel_text(t: Texts, terms: &Terms) -> String {
    if terms.cancel_minutes == 0 {
        t.cancel_until_start().to_owned()
    } else {
        t.cancel_until(span(t, terms.cancel_minutes.into()))
    }
}

/// How many a household may miss, and in how many days.
pub fn missed_text(t: Texts, missed: Patience) -> String {
    t.terms_missed_most(missed.most, missed.days)
}

/// How often it recurs.
pub fn recurs_word(t: Texts, recurs: Recurs) -> &'static str {
    match recurs {
        Recurs::Daily => t.recurs_daily(),
        Recurs::Weekly => t.recurs_weekly(),
        Recurs::Fortnightly => t.recurs_fortnightly(),
    }
}

/// `09:00–12:00, 14:00–22:00`, or that it is closed.
pub fn hours_text(t: Texts, hours: &[(u16, u16)]) -> String {
    if hours.is_empty() {
        return t.care_closed().to_owned();
    }
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let hours = hours.iter().map(|(from, until)| format!("{}–{}", clock(*from), clock(*until)));
    hours.collect::<Vec<_>>().join(", ")
}

/// How a draw stands, in a sentence.
pub fn draw_text(t: Texts, draw: &Draw, clock: WallClock) -> String {
    match draw.stage {
        DrawStage::Announced => t.draw_is_announced(clock.near(t, draw.opens_at)),
        DrawStage::Open if draw.is_closed(clock.now().moment()) => t.draw_is_closed().to_owned(),
        DrawStage::Open => t.draw_is_open(clock.near(t, draw.closes_at)),
        DrawStage::Drawn => t.draw_is_drawn(draw.lots, draw.won),
        DrawStage::CalledOff => t.draw_is_called_off(draw.reason.clone().unwrap_or_default()),
    }
}

/// What came of a wish, in a few words.
pub fn tried_word(t: Texts, tried: Tried) -> &'static str {
    match tried {
        Tried::Granted => t.draw_granted(),
        Tried::Taken => t.draw_taken(),
        Tried::Closed => t.draw_closed(),
        Tried::Quota => t.draw_quota(),
        Tried::Missed => t.draw_missed(),
        Tried::Induction => t.draw_induction(),
        Tried::Left => t.draw_left(),
    }
}

/// A time that is wished for, in seconds since 1970: `Sat 5 Dec 18:00`.
pub fn wish_text(t: Texts, starts: i64, clock: WallClock) -> String {
    Moment::from_timestamp(starts, 0).map_or_else(String::new, |starts| clock.at(starts).full(t))
}

/// What is told of a booking, as one sentence.
pub fn booking_news_text(t: Texts, news: &BookingNews, facility: &str, starts_at: Moment, clock: WallClock) -> String {
    let when = clock.at(starts_at).full(t);
    match news {
        BookingNews::Asked => t.told_booking_asked(facility, when),
        BookingNews::Approved => t.told_booking_approved(facility, when),
        BookingNews::Declined { reason } => t.told_booking_declined(facility, reason, when),
        BookingNews::Booked => t.told_booking_booked(facility, when),
        BookingNews::Moved => t.told_booking_moved(facility, when),
        BookingNews::Swapped { place } => t.told_booking_swapped(facility, place.of(t.lang), when),
        BookingNews::CalledOff { reason } => t.told_booking_called_off(facility, reason, when),
        BookingNews::Lapsed => t.told_booking_lapsed(facility, when),
        BookingNews::Missed => t.told_booking_missed(facility, when),
        BookingNews::Soon => t.told_booking_soon(facility, when),
        BookingNews::Offered { until } => t.wait_told_offered(facility, clock.at(*until).clock(), when),
        BookingNews::NotFreed => t.wait_told_not_freed(facility, when),
        BookingNews::Drawn => t.draw_told_won(facility, when),
        BookingNews::NotDrawn => t.draw_told_lost(facility),
        BookingNews::DrawCalledOff { reason } => t.draw_told_called_off(facility, reason),
    }
}

/// Its symbol.
pub fn booking_news_icon(news: &BookingNews) -> &'static str {
    match news {
        BookingNews::Asked | BookingNews::Moved => "calendar",
        BookingNews::Soon | BookingNews::Offered { .. } => "clock",
        BookingNews::Swapped { .. } => "arrow-right",
        BookingNews::Approved | BookingNews::Booked | BookingNews::Drawn => "check-circle",
        BookingNews::CalledOff { .. } | BookingNews::DrawCalledOff { .. } => "alert",
        BookingNews::Declined { .. }
        | BookingNews::Lapsed
        | BookingNews::Missed
        | BookingNews::NotFreed
        | BookingNews::NotDrawn => "cross",
    }
}

/// What is read of water, in a word.
pub fn measure_word(t: Texts, measure: Measure) -> &'static str {
    match measure {
        Measure::Chlorine => t.water_chlorine(),
        Measure::Ph => t.water_ph(),
        Measure::Turbidity => t.water_turbidity(),
        Measure::Temperature => t.water_temperature(),
    }
}

/// What was read of it: `0.5 mg/L`, `7.2`, `26.5 °C`.
pub fn measure_text(t: Texts, measure: Measure, value: i32) -> String {
    let scale = measure.scale();
    let (whole, rest) = (value / scale, value % scale);
    let width = if scale == 10 { 1 } else { 2 };
    let number = format!("{whole}.{rest:0width$}");
    match measure {
        Measure::Chlorine => t.water_in_milligrams(number),
        Measure::Ph => number,
        Measure::Turbidity => t.water_in_ntu(number),
        Measure::Temperature => t.water_in_degrees(number),
    }
}

/// What was read last, as one sentence.
pub fn water_text(t: Texts, last: &WaterReading, clock: WallClock) -> String {
    let text = |measure: Measure| measure_text(t, measure, last.of(measure));
    t.water_last(
        text(Measure::Chlorine),
        text(Measure::Ph),
        text(Measure::Temperature),
        text(Measure::Turbidity),
        clock.near(t, last.read_at),
    )
}
