//! The hand-written reports with their courses: what the history is made of.

use app::requests::WaitingOn;
use app::texts::Lang;
use serde::Deserialize;

use super::content::parse;
use crate::boot::Failure;

#[derive(Debug, Deserialize)]
struct StoryFile {
    story: Vec<Story>,
}

/// One report with its course, as `stories/*.toml` tell it.
#[derive(Debug, Deserialize)]
pub struct Story {
    pub problem: String,
    pub lang: Lang,
    pub estate: String,
    pub place: String,
    pub floor: Option<i32>,
    pub when: Option<Hour>,
    #[serde(default = "one")]
    pub weight: u64,
    #[serde(default)]
    pub once: bool,
    pub words: String,
    pub internal: Option<String>,
    #[serde(default)]
    pub comments: Vec<Comment>,
    pub waiting: Option<Pause>,
    pub done: Option<String>,
    pub dispute: Option<String>,
    pub done_again: Option<String>,
    pub end: Option<End>,
    pub reason: Option<String>,
    pub ratings: Option<[i32; 4]>,
}

fn one() -> u64 {
    1
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hour {
    Morning,
    Day,
    Evening,
    Night,
}

#[derive(Debug, Deserialize)]
pub struct Comment {
    pub by: Voice,
    pub text: String,
    #[serde(default)]
    pub after: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Voice {
    Resident,
    Staff,
}

#[derive(Debug, Deserialize)]
pub struct Pause {
    pub on: WaitingOn,
    pub note: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    Unconfirmed,
    Declined,
    Cancelled,
    Duplicate,
}

/// All stories, in the order of the files.
pub fn stories() -> Result<Vec<Story>, Failure> {
    let files = [
        ("cleaning", include_str!("../../demo/stories/cleaning.toml")),
        ("climate", include_str!("../../demo/stories/climate.toml")),
        ("doors", include_str!("../../demo/stories/doors.toml")),
        ("emergency", include_str!("../../demo/stories/emergency.toml")),
        ("fabric", include_str!("../../demo/stories/fabric.toml")),
        ("greening", include_str!("../../demo/stories/greening.toml")),
        ("lift", include_str!("../../demo/stories/lift.toml")),
        ("neighbours", include_str!("../../demo/stories/neighbours.toml")),
        ("parking", include_str!("../../demo/stories/parking.toml")),
        ("power", include_str!("../../demo/stories/power.toml")),
        ("security", include_str!("../../demo/stories/security.toml")),
        ("water", include_str!("../../demo/stories/water.toml")),
    ];
    let mut all = Vec::new();
    for (name, text) in files {
        all.extend(parse::<StoryFile>(name, text)?.story);
    }
    Ok(all)
}
