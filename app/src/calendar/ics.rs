//! How bookings are written for calendar programs (RFC 5545). The library folds and escapes; what is said stands here.

use crate::activities::{Activity, ActivityStage, Participation, ParticipationStage};
use crate::bookings::{Booking, BookingCard, BookingStage, Entry, booking_stage_word, what_is_booked};
use crate::estate::Names;
use crate::moment::Moment;
use crate::texts::Texts;
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

/// What wrote it, for whoever finds the file.
const WRITER: &str = "-//Steward//Bookings//EN";
/// When a program that follows an address asks again.
const ASK_AGAIN: &str = "PT1H";

/// A calendar of these events. One that is followed has a name, and says when to ask again.
pub fn written(name: Option<&str>, events: impl IntoIterator<Item = Event>) -> String {
    let mut calendar = Calendar::empty();
    for property in [("VERSION", "2.0"), ("PRODID", WRITER), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")] {
        calendar.append_property(property);
    }
    if let Some(name) = name {
        let every = Property::new("REFRESH-INTERVAL", ASK_AGAIN).append_parameter(("VALUE", "DURATION")).done();
        calendar.name(name).append_property(every).append_property(("X-PUBLISHED-TTL", ASK_AGAIN));
    }
    calendar.extend(events);
    calendar.to_string()
}

/// A booking as whoever made it has it in their calendar; none of what is only kept for them, or was not asked for in time.
pub fn own(t: Texts, card: &BookingCard, estate: &Names, origin: &str, now: Moment) -> Option<Event> {
    let booking = &card.booking;
    let lines = [
        Some(booking_stage_word(t, booking.stage).to_owned()),
        Some(t.calendar_code(&booking.code)),
        booking.reason.clone(),
        booking.note.clone(),
    ];
    let mut event = event(booking, now)?;
    event
        .summary(&what_is_booked(t, card))
        .location(estate.of(t.lang))
        .description(&lines.into_iter().flatten().collect::<Vec<_>>().join("\n"))
        .url(&format!("{origin}/bookings/{}", booking.code));
    Some(event)
}

/// A booking in a facility's calendar: for which home, and nothing of who made it.
pub fn of_facility(t: Texts, entry: &Entry, origin: &str, now: Moment) -> Option<Event> {
    let booking = &entry.card.booking;
    let mut event = event(booking, now)?;
    event
        .summary(&t.calendar_who(&booking.code, entry.home.label(t)))
        .location(&what_is_booked(t, &entry.card))
        .description(booking_stage_word(t, booking.stage))
        .url(&format!("{origin}/staff/bookings/{}", booking.code));
    Some(event)
}

/// When it is, and how far it has come. Programs know it again by its id, and believe whatever has the highest number.
fn event(booking: &Booking, now: Moment) -> Option<Event> {
    let status = status(booking.stage)?;
    let mut event = Event::new();
    event
        .uid(&format!("{}@steward", booking.id))
        .sequence(u32::try_from(booking.version - 1).unwrap_or(0))
        .timestamp(now)
        .last_modified(booking.stage_at)
        .starts(booking.starts_at)
        .ends(booking.ends_at)
        .status(status);
    Some(event)
}

/// What was given back, refused or missed stays, as cancelled: a program that only missed it would go on showing it. What is
/// left of a time that somebody missed may be another's by now.
fn status(stage: BookingStage) -> Option<EventStatus> {
    match stage {
        BookingStage::Held | BookingStage::Expired => None,
        BookingStage::Requested => Some(EventStatus::Tentative),
        BookingStage::Confirmed | BookingStage::Present | BookingStage::Done => Some(EventStatus::Confirmed),
        BookingStage::Missed | BookingStage::Declined | BookingStage::Lapsed | BookingStage::Cancelled => {
            Some(EventStatus::Cancelled)
        }
    }
}

/// An activity as a household that takes part has it, or waits for a place.
pub fn of_activity(
    t: Texts,
    activity: &Activity,
    own: &Participation,
    estate: &Names,
    origin: &str,
    now: Moment,
) -> Event {
    let plan = &activity.plan;
    let place = activity.room.as_ref().map(|room| room.of(t.lang)).or(plan.place.as_deref()).unwrap_or_default();
    let is_off = activity.stage == ActivityStage::CalledOff || activity.reason.is_some();
    let status = match own.stage {
        _ if is_off => EventStatus::Cancelled,
        ParticipationStage::Waiting => EventStatus::Tentative,
        ParticipationStage::GivenUp => EventStatus::Cancelled,
        ParticipationStage::Signed | ParticipationStage::Came => EventStatus::Confirmed,
    };
    let mut event = Event::new();
    event
        .uid(&format!("{}@steward", activity.id))
        .sequence(u32::try_from(activity.version - 1 + own.version - 1).unwrap_or(0))
        .timestamp(now)
        .last_modified(activity.stage_at.max(own.stage_at))
        .starts(plan.starts_at)
        .ends(plan.ends_at)
        .status(status)
        .summary(plan.title.of(t.lang))
        .location(&format!("{place}, {}", estate.of(t.lang)))
        .description(&format!("{}\n{}", plan.about.of(t.lang), t.calendar_code(&activity.code)))
        .url(&format!("{origin}/activities/{}", activity.code));
    event
}
