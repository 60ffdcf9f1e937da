//! The nouns of GeoReport v2, as its specification names them. Their comments are the document that programs read.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// application/json
    Json,
    /// text/xml
    Xml,
}

impl Format {
    /// By the ending of an address.
    pub fn of(ending: &str) -> Option<Self> {
        match ending {
            "json" => Some(Format::Json),
            "xml" => Some(Format::Xml),
            _ => None,
        }
    }
}

/// Which estate is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Where {
    /// The estate, by the prefix of its codes in small letters: `ly`. May be left out where there is one estate, or with
    /// a key.
    pub jurisdiction_id: Option<String>,
}

/// A problem that can be reported.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Service {
    /// Stable within the estate: `dripping-tap`.
    pub service_code: String,
    /// What people call it, in the language of `Accept-Language` (en, zh-Hans, zh-Hant).
    pub service_name: String,
    /// Where it can be; for emergencies the number to call at once, and what to do meanwhile.
    pub description: String,
    /// Whether there is a definition with further attributes.
    pub metadata: bool,
    /// Always `realtime`: a report has its number at once.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Other words for it, in all languages, with commas between.
    pub keywords: String,
    /// Its category.
    pub group: String,
}

/// How soon a report has its number.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// At once.
    Realtime,
}

/// What a report of one problem may say besides words and place.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ServiceDefinition {
    /// Of which problem.
    pub service_code: String,
    /// In the order in which they are asked.
    pub attributes: Vec<Attribute>,
}

/// One question.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Attribute {
    /// Whether it asks for something; otherwise it tells something.
    pub variable: bool,
    /// Sent as `attribute[code]`.
    pub code: String,
    /// What its values are.
    pub datatype: Datatype,
    /// Whether a report needs it.
    pub required: bool,
    /// How a value is written.
    pub datatype_description: Option<String>,
    /// Its place among the questions, from 1.
    pub order: u32,
    /// The question.
    pub description: String,
    /// The values of a list; otherwise empty.
    pub values: Vec<AttributeValue>,
}

/// What the values of an attribute are.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Datatype {
    /// A whole number.
    Number,
    /// One of the values.
    SingleValueList,
    /// Any number of the values: the attribute is sent once for each.
    MultiValueList,
}

/// One value of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AttributeValue {
    /// What is sent.
    pub key: String,
    /// What people read.
    pub name: String,
}

/// Which requests are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// At most 50 ids with commas between; everything else is passed over then.
    pub service_request_id: Option<String>,
    /// Codes of services with commas between.
    pub service_code: Option<String>,
    /// Requests from this moment on (RFC 3339). By default 90 days before the end.
    pub start_date: Option<String>,
    /// Requests up to this moment, at most 90 days after the start. By default 90 days after the start, or now.
    pub end_date: Option<String>,
    /// `open`, `closed`, or both with a comma between.
    pub status: Option<String>,
}

/// A request as programs see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ServiceRequest {
    /// The code that people read to each other: `LY-00042-K`.
    pub service_request_id: String,
    /// Closed once it was confirmed, filed, declined, withdrawn or joined to another.
    pub status: Status,
    /// Where it stands, in words.
    pub status_notes: Option<String>,
    /// What kind of problem.
    pub service_name: String,
    /// The same, as it is reported.
    pub service_code: String,
    /// Its words, where they came through the same key; those of residents are never told.
    pub description: Option<String>,
    /// The department that looks after it.
    pub agency_responsible: Option<String>,
    /// Never told here; see the answer to a report.
    pub service_notice: Option<String>,
    /// When it came in.
    pub requested_datetime: String,
    /// When it last moved.
    pub updated_datetime: String,
    /// The time that was promised, while it is open.
    pub expected_datetime: Option<String>,
    /// Where it is, as people say it.
    pub address: Option<String>,
    /// The same, as it is reported: `area:<id>` or `unit:<id>`.
    pub address_id: Option<String>,
    /// Never told: an estate has one.
    pub zipcode: Option<String>,
    /// As it was sent through the same key.
    pub lat: Option<f64>,
    /// As it was sent through the same key.
    pub long: Option<f64>,
    /// As it was sent through the same key; nobody fetches it.
    pub media_url: Option<String>,
}

/// Whether somebody still works on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Somebody answers for it.
    Open,
    /// It has ended.
    Closed,
}

/// A report. It must say where by `address_id`, by `address_string`, or by `lat` and `long`.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct NewRequest {
    /// The estate; the key's, if it is left out.
    #[expect(dead_code, reason = "read with the key, as `Where`")]
    pub jurisdiction_id: Option<String>,
    /// What kind of problem.
    #[schema(example = "tap-leak")]
    pub service_code: Option<String>,
    /// In the reporter's words.
    #[schema(max_length = 2000, example = "It drips all night.")]
    pub description: Option<String>,
    /// `area:<id>` of a definition's `place`, or `unit:<id>`.
    pub address_id: Option<String>,
    /// Building and unit, or building and place, as people write it. Where no such place is known, the report is filed
    /// for the grounds and the desk reads these words.
    #[schema(max_length = 200, example = "Building 1, 1202")]
    pub address_string: Option<String>,
    /// Degrees north, WGS 84; with `long`. The desk reads it.
    #[schema(value_type = Option<f64>, minimum = -90, maximum = 90)]
    pub lat: Option<String>,
    /// Degrees east, WGS 84; with `lat`.
    #[schema(value_type = Option<f64>, minimum = -180, maximum = 180)]
    pub long: Option<String>,
    /// The place, of the definition's values; goes before the address.
    #[serde(rename = "attribute[place]")]
    pub place: Option<String>,
    /// The storey, for places in common: -9 to 200.
    #[serde(rename = "attribute[floor]")]
    pub floor: Option<String>,
    /// When somebody may come, of the definition's values; at most 9.
    #[serde(rename = "attribute[times]", default)]
    pub times: Vec<String>,
    /// The reporter's; the desk alone sees it, like what follows.
    #[schema(max_length = 120)]
    pub email: Option<String>,
    /// Of the reporter's device; kept with the report.
    #[schema(max_length = 120)]
    pub device_id: Option<String>,
    /// Of the reporter, at the program; kept with the report.
    #[schema(max_length = 120)]
    pub account_id: Option<String>,
    /// The reporter's.
    #[schema(max_length = 60)]
    pub first_name: Option<String>,
    /// The reporter's.
    #[schema(max_length = 60)]
    pub last_name: Option<String>,
    /// The reporter's.
    #[schema(max_length = 40)]
    pub phone: Option<String>,
    /// An address of a picture (http or https). Staff see it; the server never fetches it.
    #[schema(max_length = 1000)]
    pub media_url: Option<String>,
}

/// What a report became.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Filed {
    /// Its code.
    pub service_request_id: String,
    /// What the reporter may be told: by when there will be an answer.
    pub service_notice: Option<String>,
    /// Never told: programs open no accounts.
    pub account_id: Option<String>,
}

/// The request that a token led to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Found {
    /// Its code.
    pub service_request_id: String,
    /// The token that was asked for.
    pub token: String,
}

/// What is wrong.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ErrorLine {
    /// The HTTP status.
    pub code: u16,
    /// For whoever wrote the program, in English.
    pub description: String,
}

/// Where this server's interfaces stand.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Discovery {
    /// Since when they are as they are.
    pub changeset: String,
    /// Whom to ask.
    pub contact: String,
    /// How a key is had.
    pub key_service: String,
    /// The interfaces.
    pub endpoints: Vec<Endpoint>,
}

/// One interface.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Endpoint {
    /// By which convention.
    pub specification: String,
    /// Where.
    pub url: String,
    /// Since when it is as it is.
    pub changeset: String,
    /// `production`, or `test` where the demo estate runs.
    #[serde(rename = "type")]
    pub kind: String,
    /// The forms of its answers.
    pub formats: Vec<String>,
}
