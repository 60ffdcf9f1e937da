use crate::estate::{DepartmentRef, Names, UnitRef};
use crate::ids::{ContactId, DepartmentId, StaffId};
use crate::moment::{Moment, Wall};
use crate::requests::Card;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A figure whose rows can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// Matters that came in.
    Received,
    /// Matters that left the office's hands.
    Closed,
    /// Promises that were kept.
    PromiseKept,
    /// Promises that were not.
    PromiseMissed,
    /// Matters that came back, at once or later.
    Returned,
    /// Matters that were confirmed the first time.
    FirstFix,
    /// Ratings.
    Rated,
    /// Ratings of four of five and more on the average.
    Satisfied,
    /// Ratings of less.
    Unsatisfied,
    /// Contacts that nobody had answered or accepted after three minutes (B2).
    Breach,
}

impl Figure {
    /// All, in the order of the tiles.
    pub const ALL: [Figure; 10] = [
        Figure::Received,
        Figure::Closed,
        Figure::PromiseKept,
        Figure::PromiseMissed,
        Figure::Returned,
        Figure::FirstFix,
        Figure::Rated,
        Figure::Satisfied,
        Figure::Unsatisfied,
        Figure::Breach,
    ];

    /// The value in addresses, and what the rows are called in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Figure::Received => "received",
            Figure::Closed => "closed",
            Figure::PromiseKept => "promise_kept",
            Figure::PromiseMissed => "promise_missed",
            Figure::Returned => "returned",
            Figure::FirstFix => "first_fix",
            Figure::Rated => "rated",
            Figure::Satisfied => "satisfied",
            Figure::Unsatisfied => "unsatisfied",
            Figure::Breach => "breach",
        }
    }

    /// The figure of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|figure| figure.tag() == tag)
    }

    /// The figures that are parts of one whole with it, itself among them; empty where it stands alone.
    pub fn related(self) -> &'static [Figure] {
        match self {
            Figure::PromiseKept | Figure::PromiseMissed => &[Figure::PromiseKept, Figure::PromiseMissed],
            Figure::Rated | Figure::Satisfied | Figure::Unsatisfied => {
                &[Figure::Rated, Figure::Satisfied, Figure::Unsatisfied]
            }
            Figure::Received | Figure::Closed | Figure::Returned | Figure::FirstFix | Figure::Breach => &[],
        }
    }
}

/// Under what rows are counted: all of the estate, or a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// All.
    All,
    /// A department's.
    Department(DepartmentId),
    /// Those for which somebody answered, or to which they had been sent.
    Person(StaffId),
    /// Those about a problem, by its slug; of one department where that is named.
    Item(String, Option<DepartmentId>),
}

impl Part {
    /// The value in addresses, which is what the tallies call it: `all`, `department:…`, `person:…`, `item:lift-noise`,
    /// `item:lift-noise@…`.
    pub fn tag(&self) -> String {
        match self {
            Part::All => "all".to_owned(),
            Part::Department(id) => format!("department:{id}"),
            Part::Person(id) => format!("person:{id}"),
            Part::Item(slug, None) => format!("item:{slug}"),
            Part::Item(slug, Some(id)) => format!("item:{slug}@{id}"),
        }
    }

    /// The part of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        if tag == "all" {
            return Some(Part::All);
        }
        match tag.split_once(':')? {
            ("department", id) => Some(Part::Department(id.parse().ok()?)),
            ("person", id) => Some(Part::Person(id.parse().ok()?)),
            ("item", item) => match item.split_once('@') {
                None => Some(Part::Item(item.to_owned(), None)),
                Some((slug, id)) => Some(Part::Item(slug.to_owned(), Some(id.parse().ok()?))),
            },
            _ => None,
        }
    }
}

/// A part, as it is named to people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Whose {
    /// All of the estate.
    Estate,
    /// A department.
    Department(DepartmentRef),
    /// A colleague.
    Person {
        /// Who.
        id: StaffId,
        /// Full name.
        name: String,
        /// Their department.
        department: DepartmentRef,
    },
    /// A problem of the catalogue.
    Item {
        /// In addresses.
        slug: String,
        /// What people call it.
        names: Names,
        /// Within which department; none: in all.
        department: Option<DepartmentRef>,
    },
}

impl Whose {
    /// The part itself.
    pub fn part(&self) -> Part {
        match self {
            Whose::Estate => Part::All,
            Whose::Department(one) => Part::Department(one.id),
            Whose::Person { id, .. } => Part::Person(*id),
            Whose::Item { slug, department, .. } => Part::Item(slug.clone(), department.as_ref().map(|one| one.id)),
        }
    }

    /// The department on whose dashboard it stands.
    pub fn department(&self) -> Option<&DepartmentRef> {
        match self {
            Whose::Estate | Whose::Person { .. } => None,
            Whose::Department(one) => Some(one),
            Whose::Item { department, .. } => department.as_ref(),
        }
    }
}

/// A contact at the desk that nobody had answered or accepted in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateContact {
    /// The contact.
    pub id: ContactId,
    /// When it came in.
    #[serde(deserialize_with = "crate::moment::read")]
    pub received_at: Moment,
    /// The first words.
    pub words: String,
    /// Where from.
    pub unit: Option<UnitRef>,
    /// Who held it when its time was over.
    pub holder: String,
    /// The code of the request that it became.
    pub code: Option<String>,
}

/// What a row leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowAbout {
    /// A matter.
    Matter(Box<Card>),
    /// A contact at the desk.
    Contact(Box<LateContact>),
    /// What the reader does not see, or no longer. It counts all the same.
    Hidden,
}

/// One of what was counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureRow {
    /// What was counted: a matter, a promise or a contact. One matter may be counted on several occasions.
    pub id: Uuid,
    /// On which day on the estate's wall.
    pub on: NaiveDate,
    /// When; none where only the day is known.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub at: Option<Moment>,
    /// The stars of a rating: the sum of its four axes.
    pub stars: Option<u8>,
    /// What it leads to.
    pub about: RowAbout,
}

impl FigureRow {
    /// What tells rows of one figure apart.
    pub fn key(&self) -> (Uuid, Option<Moment>) {
        (self.id, self.at)
    }
}

/// Where the next page of rows begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// Counted before this instant,
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: Moment,
    /// or at it, and with a smaller id.
    pub id: Uuid,
}

/// A page of the rows behind a figure, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureRows {
    /// Of which figure.
    pub figure: Figure,
    /// From this day on the estate's wall
    pub from_on: NaiveDate,
    /// to this one.
    pub until_on: NaiveDate,
    /// Of which part of the estate.
    pub whose: Whose,
    /// What the figure says.
    pub total: u64,
    /// At most 30.
    pub rows: Vec<FigureRow>,
    /// Where earlier ones begin.
    pub next: Option<Past>,
    /// The clock to show times by.
    pub wall: Wall,
}

#[cfg(test)]
mod tests {
    use super::{Figure, Part};
    use uuid::Uuid;

    #[test]
    fn what_stands_in_an_address_is_read_again() {
        assert_eq!(Figure::ALL.map(|figure| Figure::from_tag(figure.tag())), Figure::ALL.map(Some));
        let id = Uuid::from_u128(7);
        let parts = [
            Part::All,
            Part::Department(id.into()),
            Part::Person(id.into()),
            Part::Item("lift-noise".to_owned(), None),
            Part::Item("lift-noise".to_owned(), Some(id.into())),
        ];
        for part in parts {
            assert_eq!(Part::from_tag(&part.tag()), Some(part));
        }
        for tag in ["", "everything", "department:", "person:7", "item:lift-noise@", "building:7"] {
            assert_eq!(Part::from_tag(tag), None, "{tag}");
        }
    }

    #[test]
    fn a_figure_is_among_those_to_which_it_is_related() {
        for figure in Figure::ALL {
            let related = figure.related();
            assert!(related.is_empty() || related.contains(&figure), "{figure:?}");
        }
    }
}
