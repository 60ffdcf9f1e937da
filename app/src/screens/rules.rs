use super::model::Screen;
use crate::moment::Moment;
use chrono::Duration;

/// A screen that says nothing for longer than this is offline: it asks once a minute.
const SILENT: Duration = Duration::minutes(3);

/// How a screen is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// It has never shown a board.
    New,
    /// It shows one.
    Well,
    /// It has said nothing since then.
    Offline(Moment),
    /// The office revoked it then.
    Revoked(Moment),
}

impl Screen {
    /// How it is doing now.
    pub fn health(&self, now: Moment) -> Health {
        match (self.revoked_at, self.seen_at) {
            (Some(at), _) => Health::Revoked(at),
            (None, Some(seen)) if now - seen > SILENT => Health::Offline(seen),
            (None, Some(_)) => Health::Well,
            (None, None) => Health::New,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Health;
    use crate::estate::Names;
    use crate::moment::Moment;
    use crate::screens::{Place, Screen};
    use chrono::{DateTime, Duration};
    use uuid::Uuid;

    fn screen(seen_at: Option<Moment>, revoked_at: Option<Moment>) -> Screen {
        let names = Names { en: String::new(), hans: String::new(), hant: String::new() };
        Screen {
            id: Uuid::nil().into(),
            name: String::new(),
            place: Place { area: Uuid::nil().into(), names, building: None, building_names: None },
            enrolled_by: String::new(),
            enrolled_at: Moment::default(),
            seen_at,
            build: None,
            revoked_at,
        }
    }

    #[test]
    fn three_silent_minutes_are_borne() {
        let now = DateTime::UNIX_EPOCH + Duration::days(1);
        let ago = |seconds: i64| now - Duration::seconds(seconds);
        assert_eq!(screen(None, None).health(now), Health::New);
        assert_eq!(screen(Some(ago(180)), None).health(now), Health::Well);
        assert_eq!(screen(Some(ago(181)), None).health(now), Health::Offline(ago(181)));
        assert_eq!(screen(Some(ago(5)), Some(ago(1))).health(now), Health::Revoked(ago(1)));
    }
}
