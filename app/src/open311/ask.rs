use super::reply::{Trouble, answer_trouble};
use super::wire::Format;
use crate::backend::{Backend, origin_of};
use crate::forms::Fields;
use crate::ids::Key;
use crate::replay::LONGEST_FORM;
use crate::texts::{Lang, Texts, language};
use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, Method, header};
use axum::response::Response;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// One call of another program, as it came.
pub struct Ask {
    /// What the server shares.
    pub backend: Backend,
    /// The form of the answer, by the ending of the address.
    pub format: Format,
    /// The language of names and sentences.
    pub lang: Lang,
    /// What follows the last slash, without its ending.
    pub name: String,
    /// The secret of a key, wherever it came.
    pub secret: Option<String>,
    /// Under which a report takes effect once.
    pub key: Option<Key>,
    /// The site's own address, as the program wrote it.
    pub origin: String,
    /// Query and form together, without the secret.
    pub fields: Fields,
}

impl Ask {
    /// The texts of the answer's language.
    pub fn texts(&self) -> Texts {
        language(self.lang).texts(self.lang)
    }

    /// The fields as a type that says which there are: one value a name, and of `lists` all.
    pub fn read<T: DeserializeOwned>(&self, lists: &[&str]) -> Result<T, Trouble> {
        let mut read = Map::new();
        for (name, value) in self.fields.iter().filter(|(_, value)| !value.trim().is_empty()) {
            let name = name.strip_suffix("[]").unwrap_or(name);
            let value = Value::from(value);
            if lists.contains(&name) {
                if let Value::Array(values) = read.entry(name).or_insert_with(|| Value::Array(Vec::new())) {
                    values.push(value);
                }
            } else {
                read.entry(name).or_insert(value);
            }
        }
        serde_json::from_value(Value::Object(read)).map_err(|_| Trouble::bad("the arguments cannot be read"))
    }
}

impl FromRequest<Backend> for Ask {
    type Rejection = Response;

    async fn from_request(request: Request, backend: &Backend) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let last = parts.uri.path().rsplit('/').next().unwrap_or_default();
        let Some((name, format)) = last.rsplit_once('.').and_then(|(name, end)| Some((name, Format::of(end)?))) else {
            return Err(answer_trouble(Format::Json, &Trouble::missing("an address ends in .json or .xml")));
        };
        let name = name.to_owned();
        let refuse = |trouble: Trouble| answer_trouble(format, &trouble);
        let mut fields = Fields::parse(parts.uri.query().unwrap_or_default().as_bytes());
        if parts.method == Method::POST {
            if !is_form(&parts.headers) {
                return Err(refuse(Trouble::bad("a report is sent as application/x-www-form-urlencoded")));
            }
            let Ok(body) = to_bytes(body, LONGEST_FORM).await else {
                return Err(refuse(Trouble::new(413, "the report is too long")));
            };
            fields.0.extend(Fields::parse(&body).0);
        }
        let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let bearer = header("authorization").and_then(|value| value.strip_prefix("Bearer ")).map(str::to_owned);
        let secret = bearer.or_else(|| fields.get("api_key").map(str::to_owned));
        fields.0.retain(|(name, _)| name != "api_key");
        let key = match header("idempotency-key").map(|key| key.trim_matches('"').parse::<Key>()) {
            Some(Ok(key)) => Some(key),
            None => None,
            Some(Err(_)) => return Err(refuse(Trouble::bad("Idempotency-Key is a UUID"))),
        };
        let lang = header("accept-language").and_then(Lang::from_accept).unwrap_or_default();
        let origin = origin_of(&parts.headers);
        Ok(Self { backend: backend.clone(), format, lang, name, secret, key, origin, fields })
    }
}

/// Programs that say nothing of their form mean this one.
fn is_form(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(header::CONTENT_TYPE) else { return true };
    kind.to_str().is_ok_and(|kind| kind.trim().to_ascii_lowercase().starts_with("application/x-www-form-urlencoded"))
}
