//! What was measured: a table for people, one JSON object for programs.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use serde::Serialize;
use server::boot::Failure;

#[derive(Serialize)]
struct Figure {
    /// None: it could not be measured.
    value: Option<f64>,
    unit: &'static str,
    /// None: measured to explain the others.
    target: Option<f64>,
    ok: bool,
    /// Why it could not be measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'static str>,
    #[serde(skip)]
    sign: &'static str,
}

/// All figures of one run, by name.
#[derive(Default)]
pub struct Figures(BTreeMap<&'static str, Figure>);

impl Figures {
    /// A figure that should not be larger.
    pub fn at_most(&mut self, name: &'static str, value: f64, unit: &'static str, target: f64) {
        let ok = value <= target;
        self.0.insert(name, Figure { value: Some(value), unit, target: Some(target), ok, why: None, sign: "≤" });
    }

    /// A figure that should not be smaller.
    pub fn at_least(&mut self, name: &'static str, value: f64, unit: &'static str, target: f64) {
        let ok = value >= target;
        self.0.insert(name, Figure { value: Some(value), unit, target: Some(target), ok, why: None, sign: "≥" });
    }

    /// A figure without a target.
    pub fn note(&mut self, name: &'static str, value: f64, unit: &'static str) {
        self.0.insert(name, Figure { value: Some(value), unit, target: None, ok: true, why: None, sign: "" });
    }

    /// A figure that should not be smaller and could not be measured: missed, and why.
    pub fn unmeasured(&mut self, name: &'static str, why: &'static str, unit: &'static str, target: f64) {
        let figure = Figure { value: None, unit, target: Some(target), ok: false, why: Some(why), sign: "≥" };
        self.0.insert(name, figure);
    }

    /// Writes `{ name: { value, unit, target, ok } }`, and `why` beside what could not be measured.
    pub fn write(&self, path: &Path) -> Result<(), Failure> {
        Ok(fs::write(path, serde_json::to_string_pretty(&self.0)? + "\n")?)
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, Figure { value, unit, target, ok, why, sign }) in &self.0 {
            let value = value.map_or_else(|| "—".to_owned(), |value| format!("{value:.2}"));
            let target = target.map(|target| format!("{sign} {target}")).unwrap_or_default();
            let verdict = match why {
                Some(why) => format!("missed: {why}"),
                None if *ok => String::new(),
                None => "missed".to_owned(),
            };
            writeln!(f, "{name:<30} {value:>9} {unit:<5}  {target:<8} {verdict}")?;
        }
        Ok(())
    }
}

/// The middle one; fails when there is none.
pub fn median(mut values: Vec<f64>) -> Result<f64, Failure> {
    values.sort_by(f64::total_cmp);
    Ok(*values.get(values.len() / 2).ok_or("There was nothing to measure.")?)
}

/// All but one in a hundred are no larger; fails when there is none.
pub fn p99(mut values: Vec<f64>) -> Result<f64, Failure> {
    values.sort_by(f64::total_cmp);
    Ok(*values.get(values.len() * 99 / 100).ok_or("There was nothing to measure.")?)
}
