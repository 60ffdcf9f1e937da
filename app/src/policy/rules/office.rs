use super::super::model::{Closing, Desk, Detector, Route, Rung, Sampling, StopsAt, Terms};
use super::{minute, number, text};
use crate::fault::{Fault, Note, Notes};
use crate::ids::{DepartmentId, ItemId};
use crate::people::Role;

/// What the desk's form states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeskEntry {
    /// 1 to 60.
    pub minutes: String,
    /// `dispatched`, `accepted`, `on_site`.
    pub stops_at: String,
    /// `20:00`
    pub answer_until: String,
    /// 1 to 240.
    pub orphan_hours: String,
    /// 1 to 90; none, from a page of before it was asked: as it was.
    pub mail_days: Option<String>,
    /// Who is told, one after the other; an empty one is none.
    pub role: Vec<String>,
    /// After how many minutes each.
    pub after: Vec<String>,
}

/// What the form for quality states; all are whole numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QualityEntry {
    /// Hundredths of the complaints, 1 to 100.
    pub complaints: String,
    /// Hundredths of those, 1 to 100.
    pub on_site: String,
    /// Hundredths of the requests, 0 to 100.
    pub requests: String,
    /// 1 to 365.
    pub object_days: String,
    /// 2 to 9 (§3.3).
    pub attempts: String,
    /// 2 to 50.
    pub reports: String,
    /// 5 to 1440.
    pub within_minutes: String,
    /// 1 to 90; like the two behind it, left as it is by a form that does not know of it.
    pub quote_days: Option<String>,
    /// 1 to 90.
    pub word_days: Option<String>,
    /// 1 to 240.
    pub rework_hours: Option<String>,
}

impl Terms {
    /// The desk's rules anew. The chain climbs: each of its roles stands above the one before, and is told no
    /// earlier.
    pub fn set_desk(&mut self, typed: &DeskEntry) -> Result<(), Fault> {
        let mut notes = Notes::default();
        let minutes = number(&mut notes, "minutes", &typed.minutes, 1, 60);
        let orphan_hours = number(&mut notes, "orphan_hours", &typed.orphan_hours, 1, 240);
        let mail_days = match &typed.mail_days {
            Some(typed) => number(&mut notes, "mail_days", typed, 1, 90),
            None => self.desk.mail_days,
        };
        let stops_at = StopsAt::from_tag(&typed.stops_at);
        if stops_at.is_none() {
            notes.add("stops_at", Note::NotAChoice);
        }
        let answer_until = minute(typed.answer_until.trim());
        if answer_until.is_none() {
            let is_empty = typed.answer_until.trim().is_empty();
            notes.add("answer_until", if is_empty { Note::Missing } else { Note::Malformed });
        }
        let chain = chain(&mut notes, &typed.role, &typed.after);
        notes.check()?;
        if let Some((stops_at, answer_until)) = stops_at.zip(answer_until) {
            self.desk = Desk { minutes, stops_at, chain, answer_until, orphan_hours, mail_days };
        }
        Ok(())
    }

    /// Who looks after each of the estate's `categories`, as `typed` in their order; an empty one leaves it to the
    /// catalogue. Refuses departments that are not among `departments`.
    pub fn set_routes(
        &mut self,
        categories: &[ItemId],
        departments: &[DepartmentId],
        typed: &[(String, String)],
    ) -> Result<(), Fault> {
        let mut notes = Notes::default();
        let mut routes = Vec::new();
        for (at, (category, department)) in typed.iter().enumerate() {
            let known = category.parse::<ItemId>().ok().filter(|id| categories.contains(id));
            let Some(category) = known else {
                notes.add(&format!("department[{at}]"), Note::NotAChoice);
                continue;
            };
            match department.trim() {
                "" => routes.push((category, None)),
                department => match department.parse::<DepartmentId>().ok().filter(|id| departments.contains(id)) {
                    Some(department) => routes.push((category, Some(department))),
                    None => notes.add(&format!("department[{at}]"), Note::NotAChoice),
                },
            }
        }
        notes.check()?;
        for (category, department) in routes {
            self.routes.retain(|route| route.category != category);
            self.routes.extend(department.map(|department| Route { category, department }));
        }
        self.routes.sort_by_key(|route| route.category);
        Ok(())
    }

    /// How much is asked again, how a matter ends, when like reports are one incident, how long orders wait.
    pub fn set_quality(&mut self, typed: &QualityEntry) -> Result<(), Fault> {
        let mut notes = Notes::default();
        let mut number = |field: &str, typed: &str, least, most| number(&mut notes, field, typed, least, most);
        let sampling = Sampling {
            complaints: number("complaints", &typed.complaints, 1, 100),
            on_site: number("on_site", &typed.on_site, 1, 100),
            requests: number("requests", &typed.requests, 0, 100),
        };
        let closing = Closing {
            object_days: number("object_days", &typed.object_days, 1, 365),
            attempts: number("attempts", &typed.attempts, 2, 9),
        };
        let detector = Detector {
            reports: number("reports", &typed.reports, 2, 50),
            within_minutes: number("within_minutes", &typed.within_minutes, 5, 1440),
        };
        let mut orders = self.orders;
        for (field, typed, most, value) in [
            ("quote_days", &typed.quote_days, 90, &mut orders.quote_days),
            ("word_days", &typed.word_days, 90, &mut orders.word_days),
            ("rework_hours", &typed.rework_hours, 240, &mut orders.rework_hours),
        ] {
            if let Some(typed) = typed {
                *value = number(field, typed, 1, most);
            }
        }
        notes.check()?;
        (self.sampling, self.closing, self.detector, self.orders) = (sampling, closing, detector, orders);
        Ok(())
    }
}

fn chain(notes: &mut Notes, roles: &[String], after: &[String]) -> Vec<Rung> {
    let mut chain: Vec<Rung> = Vec::new();
    for (at, role) in roles.iter().enumerate().filter(|(_, role)| !role.is_empty()) {
        let Some(role) = Role::from_tag(role) else {
            notes.add(&format!("role[{at}]"), Note::NotAChoice);
            continue;
        };
        let field = format!("after[{at}]");
        let after_minutes = number(notes, &field, text(after, at), 0, 1440);
        if let Some(below) = chain.last() {
            if role <= below.role {
                notes.add(&format!("role[{at}]"), Note::NotInOrder);
            }
            if after_minutes < below.after_minutes {
                notes.add(&field, Note::NotInOrder);
            }
        }
        chain.push(Rung { role, after_minutes });
    }
    if chain.is_empty() {
        notes.add("role[0]", Note::Missing);
    }
    chain
}

#[cfg(test)]
mod tests {
    use super::super::super::standard::terms;
    use super::{DeskEntry, QualityEntry};
    use crate::fault::{Fault, Note};
    use crate::ids::{DepartmentId, ItemId};
    use uuid::Uuid;

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|text| (*text).to_owned()).collect()
    }

    fn desk(role: &[&str], after: &[&str]) -> DeskEntry {
        let [minutes, stops_at, answer_until, orphan_hours] = ["3", "accepted", "20:00", "48"].map(str::to_owned);
        let mail_days = Some("15".to_owned());
        DeskEntry { minutes, stops_at, answer_until, orphan_hours, mail_days, role: texts(role), after: texts(after) }
    }

    #[test]
    fn the_chain_climbs() {
        let mut terms = terms();
        assert_eq!(terms.set_desk(&desk(&["supervisor", "", "head"], &["0", "", "5"])), Ok(()));
        assert_eq!(terms.desk.chain.len(), 2);
        let earlier = terms.set_desk(&desk(&["supervisor", "head"], &["5", "1"]));
        assert_eq!(earlier, Err(Fault::field("after[1]", Note::NotInOrder)));
        let down = terms.set_desk(&desk(&["head", "supervisor"], &["0", "5"]));
        assert_eq!(down, Err(Fault::field("role[1]", Note::NotInOrder)));
        assert_eq!(terms.set_desk(&desk(&[], &[])), Err(Fault::field("role[0]", Note::Missing)));
    }

    #[test]
    fn a_form_that_knows_nothing_of_orders_leaves_them() {
        let mut terms = terms();
        let [complaints, on_site, requests, object_days, attempts, reports, within_minutes] =
            ["10", "30", "10", "30", "2", "3", "120"].map(str::to_owned);
        let older = QualityEntry {
            complaints,
            on_site,
            requests,
            object_days,
            attempts,
            reports,
            within_minutes,
            ..QualityEntry::default()
        };
        let said = |text: &str| Some(text.to_owned());
        let newer = QualityEntry { quote_days: said("3"), rework_hours: said("48"), ..older.clone() };
        terms.set_quality(&newer).expect("it is said");
        terms.set_quality(&older).expect("an older form");
        let orders = terms.orders;
        assert_eq!((orders.quote_days, orders.word_days, orders.rework_hours), (3, 7, 48));
        let none = QualityEntry { word_days: said("0"), ..older };
        assert_eq!(terms.set_quality(&none), Err(Fault::field("word_days", Note::NotBetween(1, 90))));
    }

    #[test]
    fn routes_lead_to_departments_of_the_estate() {
        let mut terms = terms();
        let (category, department) = (ItemId(Uuid::from_u128(1)), DepartmentId(Uuid::from_u128(2)));
        let typed = |to: &str| [(category.to_string(), to.to_owned())];
        terms.set_routes(&[category], &[department], &typed(&department.to_string())).expect("a route");
        assert_eq!(terms.route(category), Some(department));
        let elsewhere = terms.set_routes(&[category], &[department], &typed(&Uuid::from_u128(3).to_string()));
        assert_eq!(elsewhere, Err(Fault::field("department[0]", Note::NotAChoice)));
        terms.set_routes(&[category], &[department], &typed("")).expect("none");
        assert_eq!(terms.route(category), None);
    }
}
