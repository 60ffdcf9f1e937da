use super::wire::{ErrorLine, Format};
use super::xml::Wire;
use crate::backend::broken;
use crate::fault::{Fault, FieldNote, Note};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Why a call had no effect, as GeoReport says it: in English, for whoever wrote the program.
#[derive(Debug)]
pub struct Trouble {
    /// The HTTP status, which each line repeats.
    pub status: u16,
    /// What is wrong, one line a matter.
    pub lines: Vec<String>,
    /// Seconds until another try may succeed.
    pub wait: Option<u32>,
}

impl Trouble {
    /// One line.
    pub fn new(status: u16, line: impl Into<String>) -> Self {
        Self { status, lines: vec![line.into()], wait: None }
    }

    /// An argument that is missing or cannot be read.
    pub fn bad(line: impl Into<String>) -> Self {
        Self::new(400, line)
    }

    /// Nothing stands there.
    pub fn missing(line: impl Into<String>) -> Self {
        Self::new(404, line)
    }

    /// A line for each field that needs another look, by the name that programs know it by.
    pub fn of_notes(notes: &[FieldNote]) -> Self {
        let lines = notes.iter().map(|note| format!("{}: {}", argument(&note.field), sentence(note.note)));
        Self { status: 400, lines: lines.collect(), wait: None }
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Invalid(notes) => Trouble::of_notes(&notes),
            Fault::StillRunning => Trouble {
                wait: fault.retry_after(),
                ..Trouble::new(409, "the same report is still being filed; ask again in a moment")
            },
            Fault::Contended => Trouble {
                wait: fault.retry_after(),
                ..Trouble::new(409, "others wrote to the same at the same moment; ask again in a moment")
            },
            Fault::TooMany { wait } => {
                Trouble { wait: Some(wait), ..Trouble::new(429, "too many calls; try again later") }
            }
            Fault::NotFound => Trouble::missing("there is nothing here by that name"),
            Fault::SignedOut | Fault::NotAllowed => Trouble::new(403, "this key does not open that"),
            Fault::KeyReused => Trouble::new(422, "this Idempotency-Key was used for another report"),
            Fault::Stale | Fault::Refused(_) | Fault::Taken { .. } | Fault::Clash { .. } => {
                Trouble::new(409, "it changed meanwhile; look again")
            }
            Fault::Offline | Fault::Broken { .. } => {
                Trouble::new(500, "something went wrong on our side; it is logged")
            }
        }
    }
}

/// The argument that became a field of a report.
fn argument(field: &str) -> &str {
    match field {
        "words" => "description",
        "item" => "service_code",
        "place" => "address_id",
        "floor" => "attribute[floor]",
        "times" => "attribute[times]",
        other => other,
    }
}

fn sentence(note: Note) -> String {
    match note {
        Note::Missing => "is missing".to_owned(),
        Note::TooLong(most) => format!("is longer than {most} characters"),
        Note::TooMany(most) => format!("has more than {most} values"),
        Note::NotAChoice => "is none of the values that it may have".to_owned(),
        Note::InThePast => "lies in the past".to_owned(),
        _ => "cannot be read".to_owned(),
    }
}

/// An answer in the form that was asked for.
pub fn answer<T: Wire>(format: Format, result: Result<T, Trouble>) -> Response {
    match result {
        Ok(value) => written(format, StatusCode::OK, &value),
        Err(trouble) => answer_trouble(format, &trouble),
    }
}

/// A refusal in the form that was asked for.
pub fn answer_trouble(format: Format, trouble: &Trouble) -> Response {
    let status = StatusCode::from_u16(trouble.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let lines = trouble.lines.iter();
    let lines: Vec<_> = lines.map(|line| ErrorLine { code: trouble.status, description: line.clone() }).collect();
    let mut reply = written(format, status, &lines);
    if let Some(wait) = trouble.wait {
        reply.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
    }
    reply
}

/// The refusal of a layer around the routes, which reads no call, in the form that the address asks for.
pub fn refused(path: &str, fault: Fault) -> Response {
    let format = path.rsplit_once('.').and_then(|(_, ending)| Format::of(ending)).unwrap_or(Format::Json);
    answer_trouble(format, &fault.into())
}

fn written<T: Wire>(format: Format, status: StatusCode, value: &T) -> Response {
    let (kind, body) = match format {
        Format::Json => {
            ("application/json; charset=utf-8", serde_json::to_string(value).map_err(|error| error.to_string()))
        }
        Format::Xml => ("text/xml; charset=utf-8", value.document().map_err(|error| error.to_string())),
    };
    match body {
        Ok(body) => (status, [(header::CONTENT_TYPE, kind)], body).into_response(),
        Err(error) => {
            let _ = broken("an answer that cannot be written", &error);
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
