use super::read;
use crate::fault::Fault;
use serde::de::DeserializeOwned;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// Begins the reply that is a fault. No JSON begins so.
const FAULT: char = '!';

/// What came back, still as text: the answer's JSON, or a mark and the fault's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply(String);

impl Reply {
    /// An answer, as JSON.
    pub fn answer(json: String) -> Self {
        Self(json)
    }

    /// A fault, as JSON; empty where nothing came back.
    pub fn fault(json: &str) -> Self {
        Self(format!("{FAULT}{json}"))
    }

    /// The fault's JSON; empty where nothing came back, and of an answer.
    pub fn fault_json(&self) -> String {
        self.0.strip_prefix(FAULT).unwrap_or_default().to_owned()
    }

    /// The answer's JSON.
    pub fn json(&self) -> Result<&str, Fault> {
        match self.0.strip_prefix(FAULT) {
            None => Ok(&self.0),
            Some("") => Err(Fault::Offline),
            Some(fault) => Err(read(fault).unwrap_or_else(unreadable)),
        }
    }

    /// The answer.
    pub fn open<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        read(self.json()?).ok_or_else(unreadable)
    }
}

/// Only where browser and server are of different builds, or something else answered in the server's place.
fn unreadable() -> Fault {
    Fault::Broken { reference: String::new() }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Reply {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::Reply;
    use crate::fault::Fault;

    #[test]
    fn a_reply_is_an_answer_or_a_fault() {
        assert_eq!(Reply::answer("[1,2]".to_owned()).open(), Ok(vec![1, 2]));
        assert_eq!(Reply::fault(r#""NotFound""#).open::<u8>(), Err(Fault::NotFound));
        assert_eq!(Reply::fault("").open::<u8>(), Err(Fault::Offline));
        let broken = Err(Fault::Broken { reference: String::new() });
        assert_eq!(Reply::fault("<html>").open::<u8>(), broken);
        assert_eq!(Reply::answer("<html>".to_owned()).open::<u8>(), broken);
    }
}
