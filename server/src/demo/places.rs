//! The two estates with their buildings, units, common areas, departments, catalogue and facilities.

use std::collections::HashMap;

use app::estate::{DepartmentRef, Names, UnitKind, UnitRef};
use app::ids::{AreaId, BuildingId, EstateId, ItemId, StaffId, UnitId};
use app::policy::Policy;
use app::services::Urgency;
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::content::{self, Content, Kind};
use super::dice::fixed_id;
use super::{cast, catalogue, facilities, policy, services, store};
use crate::boot::Failure;

/// How much of the estates is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of them.
    Full,
    /// The floors on which the named cast lives.
    Cast,
}

/// An estate as the rest of the seeder needs it.
pub struct Ground {
    pub id: EstateId,
    pub slug: String,
    pub kind: Kind,
    pub zone: String,
    /// What its codes begin with.
    pub prefix: &'static str,
    pub units: Vec<Unit>,
    pub departments: Vec<DepartmentRef>,
    pub problems: HashMap<String, Problem>,
    /// By which its clocks are reckoned, from the first day on.
    pub policy: Policy,
    /// Common areas by building (none for the grounds) and slug; true where a report names the floor.
    areas: HashMap<(Option<String>, String), (AreaId, bool)>,
}

/// A unit with what decides who lives in it.
pub struct Unit {
    pub refer: UnitRef,
    pub building: String,
    pub floor: i32,
    /// The company that has always been in it, for shops.
    pub shop: Option<Names>,
}

/// A problem of the catalogue, as receiving a report needs it.
pub struct Problem {
    pub id: ItemId,
    pub category: String,
    pub category_id: ItemId,
    pub department: DepartmentRef,
    pub urgency: Urgency,
}

/// The rows of the places, by table.
#[derive(Default)]
pub struct Rows {
    estates: Vec<Value>,
    buildings: Vec<Value>,
    areas: Vec<Value>,
    units: Vec<Value>,
    departments: Vec<Value>,
    pub items: Vec<Value>,
    pub facilities: Vec<Value>,
    pub facility_terms: Vec<Value>,
    pub facility_hours: Vec<Value>,
    pub facility_units: Vec<Value>,
}

impl Rows {
    /// Inserts them; an estate's duty officer may come later in the same transaction.
    pub async fn insert(&self, db: &mut PgConnection) -> Result<(), Failure> {
        store::insert(db, store::ESTATES, &self.estates).await?;
        store::insert(db, store::BUILDINGS, &self.buildings).await?;
        store::insert(db, store::AREAS, &self.areas).await?;
        store::insert(db, store::UNITS, &self.units).await?;
        store::insert(db, store::DEPARTMENTS, &self.departments).await?;
        store::insert(db, store::ITEMS, &self.items).await?;
        store::insert(db, store::FACILITIES, &self.facilities).await?;
        store::insert(db, store::FACILITY_TERMS, &self.facility_terms).await?;
        store::insert(db, store::FACILITY_HOURS, &self.facility_hours).await?;
        store::insert(db, store::FACILITY_UNITS, &self.facility_units).await
    }
}

impl Ground {
    /// A common area of a building, else of the grounds, and whether a report names its floor.
    pub fn area(&self, building: &str, slug: &str) -> Option<(AreaId, bool)> {
        let inside = self.areas.get(&(Some(building.to_owned()), slug.to_owned()));
        inside.or_else(|| self.areas.get(&(None, slug.to_owned()))).copied()
    }

    /// A unit by its building and number.
    pub fn unit(&self, building: &str, number: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.building == building && unit.refer.number == number)
    }

    pub fn department(&self, slug: &str) -> Option<&DepartmentRef> {
        self.departments.iter().find(|department| department.slug == slug)
    }
}

/// Builds the estates; `duty` says who answers until somebody takes a report.
pub fn build(
    content: &Content,
    extent: Extent,
    duty: impl Fn(&str) -> Option<StaffId>,
) -> Result<(Vec<Ground>, Rows), Failure> {
    let mut rows = Rows::default();
    let mut grounds = Vec::new();
    for estate in &content.estates.estate {
        let prefix = match estate.kind {
            Kind::Residential => "LY",
            Kind::Office => "BY",
        };
        let id: EstateId = fixed_id(&estate.id);
        rows.estates.push(json!({
            "id": id, "name_en": estate.en.name, "name_hans": estate.zh_hans.name, "name_hant": estate.zh_hant.name,
            "zone": estate.zone, "desk_phone": estate.desk_phone, "complaint_phone": estate.complaint_phone,
            "email": estate.email, "emergency_phone": estate.emergency_phone,
            "duty_officer_id": duty(&estate.id), "code_prefix": prefix,
        }));
        let mut ground = Ground {
            id,
            slug: estate.id.clone(),
            kind: estate.kind,
            zone: estate.zone.clone(),
            prefix,
            units: Vec::new(),
            departments: Vec::new(),
            problems: HashMap::new(),
            policy: policy::of(id, estate.kind),
            areas: HashMap::new(),
        };
        for (position, department) in estate.department.iter().enumerate() {
            let names = department.named.names();
            let refer = DepartmentRef {
                id: fixed_id(&format!("{} {}", estate.id, department.id)),
                slug: department.id.clone(),
                names,
            };
            rows.departments.push(named(
                json!({ "estate_id": id, "id": refer.id, "slug": refer.slug, "position": position }),
                &refer.names,
            ));
            ground.departments.push(refer);
        }
        add_areas(content, &mut ground, &mut rows, None, &estate.grounds)?;
        for (position, building) in estate.building.iter().enumerate() {
            let floor = cast::FLOORS.iter().find(|(slug, _)| *slug == building.id);
            if extent == Extent::Full || floor.is_some() {
                let only = floor.filter(|_| extent == Extent::Cast).map(|(_, floor)| *floor);
                add_building(&mut ground, &mut rows, building, position, only);
                add_areas(content, &mut ground, &mut rows, Some(&building.id), &building.areas)?;
            }
        }
        catalogue::add(content, &mut ground, &mut rows, &estate.emergency_phone)?;
        facilities::add(content, &ground, &mut rows)?;
        services::add_items(content, &ground, &mut rows)?;
        grounds.push(ground);
    }
    Ok((grounds, rows))
}

fn add_building(
    ground: &mut Ground,
    rows: &mut Rows,
    building: &content::Building,
    position: usize,
    only: Option<i32>,
) {
    let kind = match ground.kind {
        Kind::Residential => "residential",
        Kind::Office => "office",
    };
    let (id, names): (BuildingId, _) = (fixed_id(&building.id), building.named.names());
    rows.buildings.push(named(
        json!({ "estate_id": ground.id, "id": id, "position": position, "kind": kind, "floors": building.floors }),
        &names,
    ));
    for layout in &building.layout {
        for floor in (layout.from..=layout.to).filter(|floor| only.is_none_or(|only| only == *floor)) {
            for stack in &layout.stacks {
                let shop = building.shop.iter().find(|shop| shop.floor == floor && shop.stack == stack.no);
                let number = shop.map_or_else(|| format!("{floor}{:02}", stack.no), |shop| shop.number.clone());
                let (kind, tag) = match (shop, layout.kind.as_str()) {
                    (Some(_), _) => (UnitKind::Shop, "shop"),
                    (None, "office") => (UnitKind::Office, "office"),
                    (None, _) => (UnitKind::Flat, "flat"),
                };
                let id: UnitId = fixed_id(&format!("{} {number}", building.id));
                let square_metres = shop.map_or(stack.area, |shop| shop.area);
                rows.units.push(json!({
                    "estate_id": ground.id, "id": id, "building_id": fixed_id::<BuildingId>(&building.id), "floor": floor,
                    "stack": format!("{:02}", stack.no), "number": number, "kind": tag,
                    "area_cm2": (square_metres * 10_000.0).round() as i64,
                }));
                ground.units.push(Unit {
                    refer: UnitRef { id, building: names.clone(), number, kind },
                    building: building.id.clone(),
                    floor,
                    shop: shop.map(|shop| shop.named.names()),
                });
            }
        }
    }
}

fn add_areas(
    content: &Content,
    ground: &mut Ground,
    rows: &mut Rows,
    building: Option<&str>,
    slugs: &[String],
) -> Result<(), Failure> {
    for (position, slug) in slugs.iter().enumerate() {
        let area = content.estates.area.iter().find(|area| area.id == *slug);
        let area = area.ok_or_else(|| missing("area", slug))?;
        let id: AreaId = fixed_id(&format!("{} {} {slug}", ground.slug, building.unwrap_or_default()));
        let building_id = building.map(fixed_id::<BuildingId>);
        rows.areas.push(named(
            json!({ "estate_id": ground.id, "id": id, "building_id": building_id, "position": position }),
            &area.named.names(),
        ));
        ground.areas.insert((building.map(str::to_owned), slug.clone()), (id, area.per_floor));
    }
    Ok(())
}

/// A row with its name in each language.
pub fn named(mut row: Value, names: &Names) -> Value {
    row["name_en"] = json!(names.en);
    row["name_hans"] = json!(names.hans);
    row["name_hant"] = json!(names.hant);
    row
}

/// The content contradicts itself.
pub fn missing(what: &str, slug: &str) -> Failure {
    format!("The demo's content names an unknown {what}: {slug}.").into()
}
