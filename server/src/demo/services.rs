//! What can be ordered, as each kind of estate offers it: under its first terms, which hold since long before anything
//! happens.

use app::estate::Names;
use app::ids::{EstateId, ItemId, VendorId};
use app::people::Role;
use app::services::{Line, PriceRule, QuestionKind};
use serde::Deserialize;
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::content::{Content, Kind, Named, OpenHours};
use super::dice::fixed_id;
use super::facilities::{CURRENCY, VERSION, read};
use super::places::{Ground, Rows, missing, named};
use super::staff::Colleague;
use super::store;
use crate::boot::Failure;

/// `services.toml`
#[derive(Debug, Deserialize)]
pub struct ServiceFile {
    pub agency: Vec<Agency>,
    pub service: Vec<Service>,
}

#[derive(Debug, Deserialize)]
pub struct Agency {
    pub id: String,
    pub name: String,
    pub contact: String,
    pub phone: String,
    pub email: String,
}

#[derive(Debug, Deserialize)]
pub struct Service {
    pub id: String,
    pub line: Line,
    pub kinds: Vec<Kind>,
    pub icon: String,
    pub department: String,
    #[serde(flatten)]
    pub named: Named,
    pub content: Named,
    pub standard: Named,
    pub conditions: Named,
    pub price_rule: PriceRule,
    #[serde(default)]
    pub price: i64,
    pub pieces: Option<Pieces>,
    pub moment_from: Option<String>,
    pub hours_from: Option<String>,
    pub lead_minutes: u32,
    pub agency: Option<String>,
    pub facility: Option<String>,
    #[serde(default)]
    pub activities: bool,
    pub hours: Option<OpenHours>,
    #[serde(default)]
    pub question: Vec<Asked>,
    #[serde(default)]
    pub part: Vec<Part>,
}

/// What belongs to a bundle: an item, or a facility that is booked.
#[derive(Debug, Deserialize)]
pub struct Part {
    pub slug: String,
    pub item: Option<String>,
    pub facility: Option<String>,
    pub steps: Option<i32>,
    pub hours_from: Option<String>,
    pub heads_from: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Pieces {
    pub from: String,
    #[serde(flatten)]
    pub named: Named,
}

#[derive(Debug, Deserialize)]
pub struct Asked {
    pub slug: String,
    pub kind: QuestionKind,
    #[serde(flatten)]
    pub named: Named,
    pub hint: Option<Named>,
    #[serde(default)]
    pub optional: bool,
    pub least: Option<i32>,
    pub most: Option<i32>,
    #[serde(default)]
    pub choices: Vec<Answer>,
}

#[derive(Debug, Deserialize)]
pub struct Answer {
    pub value: String,
    #[serde(flatten)]
    pub named: Named,
}

/// Under which line the problems of a department stand.
pub fn line_of(department: &str) -> Line {
    match department {
        "engineering" => Line::Maintenance,
        "security" => Line::Security,
        "cleaning-greening" => Line::Cleaning,
        _ => Line::Customer,
    }
}

fn offered<'c>(content: &'c Content, ground: &Ground) -> impl Iterator<Item = (usize, &'c Service)> {
    let kind = ground.kind;
    content.services.service.iter().filter(move |service| service.kinds.contains(&kind)).enumerate()
}

fn item_id(ground: &Ground, service: &Service) -> ItemId {
    fixed_id(&format!("{} service {}", ground.slug, service.id))
}

/// Adds what can be ordered here to the catalogue.
pub fn add_items(content: &Content, ground: &Ground, rows: &mut Rows) -> Result<(), Failure> {
    for (position, service) in offered(content, ground) {
        let department =
            ground.department(&service.department).ok_or_else(|| missing("department", &service.department))?;
        rows.items.push(named(
            json!({
                "estate_id": ground.id, "id": item_id(ground, service), "slug": service.id, "kind": "service",
                "position": position, "icon": service.icon, "keywords": "", "place": "both", "urgency": "normal",
                "department_id": department.id, "is_outside": false, "line": service.line,
            }),
            &service.named.names(),
        ));
    }
    Ok(())
}

/// Inserts the terms of what can be ordered, and the agencies that bring some of it.
pub async fn insert(
    db: &mut PgConnection,
    content: &Content,
    grounds: &[Ground],
    colleagues: &[(EstateId, Colleague)],
) -> Result<(), Failure> {
    let mut rows = TermRows::default();
    for ground in grounds {
        let mut office = colleagues.iter().filter(|(estate, _)| *estate == ground.id).map(|(_, one)| one);
        let first = office.clone().next();
        let by = office.find(|one| one.is(Role::SiteManager)).or(first);
        rows.add(content, ground, by)?;
    }
    store::insert(db, store::VENDORS, &rows.vendors).await?;
    store::insert(db, store::SERVICE_TERMS, &rows.terms).await?;
    store::insert(db, store::SERVICE_HOURS, &rows.hours).await?;
    store::insert(db, store::SERVICE_QUESTIONS, &rows.questions).await?;
    store::insert(db, store::SERVICE_PARTS, &rows.parts).await
}

#[derive(Default)]
struct TermRows {
    vendors: Vec<Value>,
    terms: Vec<Value>,
    hours: Vec<Value>,
    questions: Vec<Value>,
    parts: Vec<Value>,
}

impl TermRows {
    /// Those of one estate; where nobody works there, its departments bring everything.
    fn add(&mut self, content: &Content, ground: &Ground, by: Option<&Colleague>) -> Result<(), Failure> {
        let vendor = |agency: &str| fixed_id::<VendorId>(&format!("{} agency {agency}", ground.slug));
        if let Some(by) = by {
            self.vendors.extend(content.services.agency.iter().map(|agency| {
                json!({
                    "estate_id": ground.id, "id": vendor(&agency.id), "name": agency.name, "contact": agency.contact,
                    "phone": agency.phone, "email": agency.email, "added_by": by.staff.id,
                    "added_at": ground.policy.valid_from,
                })
            }));
        }
        for (_, service) in offered(content, ground) {
            let id = item_id(ground, service);
            let brings = service.agency.as_deref().filter(|_| by.is_some());
            if let Some(agency) = brings
                && !content.services.agency.iter().any(|one| one.id == agency)
            {
                return Err(missing("agency", agency));
            }
            let pieces = service.pieces.as_ref();
            let mut row = json!({
                "estate_id": ground.id, "item_id": id, "version": VERSION, "since": ground.policy.valid_from,
                "price_rule": service.price_rule, "price": service.price, "currency": CURRENCY,
                "moment_from": service.moment_from, "hours_from": service.hours_from,
                "pieces_from": pieces.map(|pieces| &pieces.from), "lead_minutes": service.lead_minutes,
                "delivered_by": if brings.is_some() { "vendor" } else { "department" }, "vendor_id": brings.map(vendor),
                "is_agency": service.agency.is_some(), "facility": service.facility,
                "is_activities": service.activities,
            });
            put(&mut row, "content", &service.content.names());
            put(&mut row, "standard", &service.standard.names());
            put(&mut row, "conditions", &service.conditions.names());
            if let Some(pieces) = pieces {
                put(&mut row, "pieces", &pieces.named.names());
            }
            self.terms.push(row);
            self.add_hours(ground, id, service)?;
            self.add_parts(content, ground, id, service)?;
            self.questions
                .extend(service.question.iter().enumerate().map(|(at, asked)| question(ground, id, at, asked)));
        }
        Ok(())
    }

    fn add_parts(&mut self, content: &Content, ground: &Ground, id: ItemId, service: &Service) -> Result<(), Failure> {
        for (position, part) in service.part.iter().enumerate() {
            let item = match &part.item {
                Some(slug) => {
                    let found = offered(content, ground).find(|(_, one)| one.id == *slug);
                    Some(item_id(ground, found.ok_or_else(|| missing("service", slug))?.1))
                }
                None => None,
            };
            self.parts.push(json!({
                "estate_id": ground.id, "item_id": id, "version": VERSION, "slug": part.slug, "position": position,
                "part_id": item, "facility": part.facility, "steps": part.steps, "hours_from": part.hours_from,
                "heads_from": part.heads_from,
            }));
        }
        Ok(())
    }

    fn add_hours(&mut self, ground: &Ground, id: ItemId, service: &Service) -> Result<(), Failure> {
        let Some(hours) = &service.hours else { return Ok(()) };
        for (weekday, text) in (1..).zip(hours.days()) {
            let hours = text.map_or(Some(Vec::new()), read);
            let hours = hours.ok_or_else(|| format!("Nobody can read the hours of {}.", service.id))?;
            self.hours.extend(hours.iter().map(|hours| {
                json!({
                    "estate_id": ground.id, "item_id": id, "version": VERSION, "weekday": weekday, "opens": hours.from,
                    "closes": hours.until,
                })
            }));
        }
        Ok(())
    }
}

fn question(ground: &Ground, item: ItemId, position: usize, asked: &Asked) -> Value {
    let choices: Vec<_> =
        asked.choices.iter().map(|one| json!({ "value": one.value, "names": one.named.names() })).collect();
    let mut row = json!({
        "estate_id": ground.id, "item_id": item, "version": VERSION, "slug": asked.slug, "position": position,
        "kind": asked.kind, "is_required": !asked.optional, "least": asked.least, "most": asked.most,
        "choices": choices,
    });
    put(&mut row, "label", &asked.named.names());
    if let Some(hint) = &asked.hint {
        put(&mut row, "hint", &hint.names());
    }
    row
}

/// A text in each language, in columns that begin so.
fn put(row: &mut Value, column: &str, names: &Names) {
    for (ending, text) in [("en", &names.en), ("hans", &names.hans), ("hant", &names.hant)] {
        row[format!("{column}_{ending}")] = json!(text);
    }
}
