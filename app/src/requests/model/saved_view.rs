use crate::estate::{AreaRef, BuildingRef, DepartmentRef, Names};
use crate::ids::ViewId;
use crate::people::Colleague;
use serde::{Deserialize, Serialize};

/// The longest name of a saved view, in characters.
pub const LONGEST_VIEW_NAME: u32 = 40;
/// The most views that one person keeps.
pub const MOST_VIEWS: u32 = 20;

/// A view of the queue that somebody keeps for themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// The view.
    pub id: ViewId,
    /// What its keeper calls it.
    pub name: String,
    /// The address behind `/staff`, with its question mark.
    pub query: String,
}

/// What the queue can be narrowed to, and the views that the caller keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilterChoices {
    /// Categories, each before its problems.
    pub problems: Vec<Problem>,
    /// Buildings, in the order of the map.
    pub buildings: Vec<BuildingRef>,
    /// Common areas, grounds first.
    pub areas: Vec<AreaRef>,
    /// Departments.
    pub departments: Vec<DepartmentRef>,
    /// Those who work here, by department.
    pub people: Vec<Colleague>,
    /// The caller's views.
    pub saved: Vec<SavedView>,
}

/// A category or a problem of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// In addresses.
    pub slug: String,
    /// What people call it.
    pub names: Names,
    /// Whether it is a category.
    pub is_group: bool,
}
