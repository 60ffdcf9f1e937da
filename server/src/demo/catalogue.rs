//! The problem tree, as each kind of estate offers it.

use std::collections::HashMap;

use app::ids::ItemId;
use serde_json::json;

use super::content::{self, Content};
use super::dice::fixed_id;
use super::places::{Ground, Problem, Rows, missing, named};
use super::services::line_of;
use crate::boot::Failure;

/// Outside the list of services: what is the client's own, which a supervisor assesses first (C6).
const OUTSIDE: [&str; 3] = ["ac-not-cooling", "damp-mould", "tile-loose"];

/// Adds the categories that have a problem here, with their problems.
pub fn add(content: &Content, ground: &mut Ground, rows: &mut Rows, emergency_phone: &str) -> Result<(), Failure> {
    let offered = |problem: &&content::Problem| problem.kinds.contains(&ground.kind);
    let item = |slug: &str| fixed_id::<ItemId>(&format!("{} {slug}", ground.slug));
    let mut problems = HashMap::new();
    for (position, category) in content.catalogue.category.iter().enumerate() {
        let of_it =
            || content.catalogue.problem.iter().filter(offered).filter(|problem| problem.category == category.id);
        let Some(urgency) = of_it().map(|problem| problem.urgency).min() else {
            continue;
        };
        let department =
            ground.department(&category.department).ok_or_else(|| missing("department", &category.department))?;
        rows.items.push(named(
            json!({
                "estate_id": ground.id, "id": item(&category.id), "slug": category.id, "kind": "group", "position": position,
                "icon": category.icon, "keywords": "", "place": "both", "urgency": urgency, "department_id": department.id,
                "is_outside": false, "line": line_of(&category.department),
            }),
            &category.named.names(),
        ));
        for (position, problem) in of_it().enumerate() {
            let department =
                ground.department(&problem.department).ok_or_else(|| missing("department", &problem.department))?;
            let id = item(&format!("{}.{}", category.id, problem.id));
            let words = [&problem.keywords.en, &problem.keywords.zh_hans, &problem.keywords.zh_hant];
            let call: Vec<_> =
                problem.call.iter().map(|number| if number == "estate" { emergency_phone } else { number }).collect();
            let advice = problem.advice.as_ref().map(content::Named::names);
            rows.items.push(named(
                json!({
                    "estate_id": ground.id, "id": id, "parent_id": item(&category.id), "slug": problem.id, "kind": "problem",
                    "position": position, "icon": problem.icon, "place": problem.place, "urgency": problem.urgency,
                    "keywords": words.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" "),
                    "department_id": department.id, "is_outside": OUTSIDE.contains(&problem.id.as_str()),
                    "call_number": (!call.is_empty()).then(|| call.join(",")),
                    "advice_en": advice.as_ref().map(|advice| &advice.en),
                    "advice_hans": advice.as_ref().map(|advice| &advice.hans),
                    "advice_hant": advice.as_ref().map(|advice| &advice.hant),
                }),
                &problem.named.names(),
            ));
            problems.insert(
                problem.id.clone(),
                Problem {
                    id,
                    category: category.id.clone(),
                    category_id: item(&category.id),
                    department: department.clone(),
                    urgency: problem.urgency,
                },
            );
        }
    }
    ground.problems = problems;
    Ok(())
}
