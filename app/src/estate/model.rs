use crate::ids::{AreaId, BuildingId, DepartmentId, EstateId, UnitId};
use crate::texts::{Lang, Texts};
use serde::{Deserialize, Serialize};

/// A name, written for each language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    /// English
    pub en: String,
    /// 简体中文
    pub hans: String,
    /// 繁體中文
    pub hant: String,
}

impl Names {
    /// The name in a language.
    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Hans => &self.hans,
            Lang::Hant => &self.hant,
        }
    }
}

/// An estate, as every page of it needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EstateRef {
    /// The estate.
    pub id: EstateId,
    /// Liyuan Garden, 荔园.
    pub names: Names,
    /// Whom to call with a question.
    pub desk_phone: String,
    /// Whom to call with a complaint: 投诉热线.
    pub complaint_phone: String,
    /// Where to write; none of an estate from before it was asked for.
    pub email: Option<String>,
    /// Whom to call when it burns.
    pub emergency_phone: String,
}

/// A building with its storeys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildingRef {
    /// The building.
    pub id: BuildingId,
    /// Its name.
    pub names: Names,
    /// Storeys above ground.
    pub floors: i32,
}

/// A place that belongs to everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaRef {
    /// The place.
    pub id: AreaId,
    /// The building that it is in; none for the grounds.
    pub building: Option<BuildingId>,
    /// Its name, without the building's.
    pub names: Names,
}

/// What a unit is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// 住宅
    Flat,
    /// 商铺
    Shop,
    /// 办公
    Office,
}

/// A flat, shop or suite, as it is named to people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitRef {
    /// The unit.
    pub id: UnitId,
    /// The building's name.
    pub building: Names,
    /// Floor and stack: `1203`.
    pub number: String,
    /// What it is for.
    pub kind: UnitKind,
}

impl UnitRef {
    /// `Building 3 · 1203`
    pub fn label(&self, t: Texts) -> String {
        t.unit_label(self.building.of(t.lang), &self.number)
    }
}

/// A department, as it is named to people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartmentRef {
    /// The department.
    pub id: DepartmentId,
    /// Stable across estates: `engineering`.
    pub slug: String,
    /// 工程部
    pub names: Names,
}
