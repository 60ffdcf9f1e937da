use super::store;
use crate::fault::Fault;
use crate::moment::Moment;
use chrono::{Duration, DurationRound};
use sqlx::PgConnection;

/// How often something may be tried in a window.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// What is counted: the beginning of the counter's name.
    pub what: &'static str,
    /// Tries in a window.
    pub tries: i32,
    /// The window's length.
    pub window: Duration,
}

impl Limit {
    /// Passwords tried for one name.
    pub const SIGN_IN: Limit = Limit { what: "sign_in", tries: 10, window: Duration::minutes(15) };
    /// Passwords tried from one address.
    pub const SIGN_IN_FROM: Limit = Limit { what: "sign_in_from", tries: 60, window: Duration::minutes(15) };
    /// Invitation codes tried from one address.
    pub const CODE_FROM: Limit = Limit { what: "code_from", tries: 20, window: Duration::minutes(15) };
    /// Browsers of one address that ask to become lobby screens.
    pub const SCREEN_FROM: Limit = Limit { what: "screen_from", tries: 20, window: Duration::minutes(15) };
    /// Codes of lobby screens that one account types.
    pub const SCREEN_CODE: Limit = Limit { what: "screen_code", tries: 20, window: Duration::minutes(15) };
    /// Refused forms kept of one address, for whoever has no account.
    pub const DRAFT_FROM: Limit = Limit { what: "draft_from", tries: 60, window: Duration::minutes(15) };
    /// PINs of matters tried from one address.
    pub const PIN_FROM: Limit = Limit { what: "pin_from", tries: 60, window: Duration::minutes(15) };
    /// PINs that one account sets.
    pub const PIN_SET: Limit = Limit { what: "pin_set", tries: 20, window: Duration::hours(1) };
    /// Reports at one lobby screen.
    pub const SCREEN_REPORT: Limit = Limit { what: "screen_report", tries: 60, window: Duration::hours(1) };
    /// Visitors who ask at one lobby screen.
    pub const SCREEN_VISITOR: Limit = Limit { what: "screen_visitor", tries: 60, window: Duration::hours(1) };
    /// Photos sent by one account.
    pub const UPLOAD: Limit = Limit { what: "upload", tries: 120, window: Duration::hours(1) };
    /// Photos that one account begins to send in parts.
    pub const UPLOAD_BEGUN: Limit = Limit { what: "upload_begun", tries: 240, window: Duration::hours(1) };
    /// Whatever another program asks with its key.
    pub const PROGRAM: Limit = Limit { what: "program", tries: 1200, window: Duration::minutes(1) };
    /// Reports that another program files with its key.
    pub const PROGRAM_REPORT: Limit = Limit { what: "program_report", tries: 600, window: Duration::hours(1) };
    /// Reports of one account.
    pub const REPORT: Limit = Limit { what: "report", tries: 30, window: Duration::hours(1) };
    /// Slots that one account takes.
    pub const BOOKING: Limit = Limit { what: "booking", tries: 240, window: Duration::hours(1) };
    /// What one account orders of the catalogue.
    pub const ORDER: Limit = Limit { what: "order", tries: 60, window: Duration::hours(1) };
    /// Activities for which one account signs up.
    pub const SIGN_UP: Limit = Limit { what: "sign_up", tries: 120, window: Duration::hours(1) };
    /// What calendar programs ask behind the private addresses of one person.
    pub const FEED: Limit = Limit { what: "feed", tries: 240, window: Duration::hours(1) };
    /// Private addresses tried from one line that lead nowhere.
    pub const FEED_FROM: Limit = Limit { what: "feed_from", tries: 60, window: Duration::minutes(15) };
    /// Room numbers that one member of staff looked up for outsiders.
    pub const LOOK_UP: Limit = Limit { what: "look_up", tries: 30, window: Duration::hours(1) };
}

/// Counts one try of `who`, in whichever transaction it is given; refuses once the limit is passed.
pub async fn allow(db: &mut PgConnection, limit: Limit, who: &str, now: Moment) -> Result<(), Fault> {
    let window_at = now.duration_trunc(limit.window).unwrap_or(now);
    let tries = store::count_attempt(db, &format!("{}:{who}", limit.what), window_at).await?;
    if tries > limit.tries {
        let wait = (window_at + limit.window - now).num_seconds().clamp(1, 86_400);
        return Err(Fault::TooMany { wait: u32::try_from(wait).unwrap_or(60) });
    }
    Ok(())
}
