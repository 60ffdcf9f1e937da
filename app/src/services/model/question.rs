use crate::estate::Names;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The answers to a service's questions, by their slugs, as they are kept: cleaned, and each in its one form.
pub type Answers = BTreeMap<String, String>;

/// What an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// A line, in up to 200 characters.
    Text,
    /// Some lines, in up to 500 characters.
    LongText,
    /// A whole number between two others.
    Number,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// A day and a time, on the estate's wall.
    Moment,
    /// One of several.
    Choice,
    /// Yes or no.
    YesNo,
    /// A phone number.
    Phone,
}

impl QuestionKind {
    /// All.
    pub const ALL: [Self; 9] = [
        Self::Text,
        Self::LongText,
        Self::Number,
        Self::Date,
        Self::Time,
        Self::Moment,
        Self::Choice,
        Self::YesNo,
        Self::Phone,
    ];

    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::LongText => "long_text",
            Self::Number => "number",
            Self::Date => "date",
            Self::Time => "time",
            Self::Moment => "moment",
            Self::Choice => "choice",
            Self::YesNo => "yes_no",
            Self::Phone => "phone",
        }
    }

    /// The kind of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.tag() == tag)
    }
}

/// One answer of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerChoice {
    /// What the form sends.
    pub value: String,
    /// What it is called.
    pub names: Names,
}

/// What whoever orders a service is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// In forms and answers: `flight_number`.
    pub slug: String,
    /// What an answer is.
    pub kind: QuestionKind,
    /// What is asked.
    pub label: Names,
    /// More about it.
    pub hint: Option<Names>,
    /// Whether it must be answered.
    pub is_required: bool,
    /// Of a number: the least
    pub least: Option<i32>,
    /// and the most.
    pub most: Option<i32>,
    /// Of a choice: from what.
    pub choices: Vec<AnswerChoice>,
}

impl Question {
    /// Its name in forms, and in what is noted about it: `answers[flight_number]`.
    pub fn field(&self) -> String {
        format!("answers[{}]", self.slug)
    }
}
