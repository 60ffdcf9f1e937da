use crate::fault::{Fault, FieldNote};
use crate::ids::Key;
use serde::{Deserialize, Serialize};

/// A posted form: names and values, in order; a name may occur more than once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The first value of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// All values of a name: what a group of tick boxes posts.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.iter().filter(|(key, _)| *key == name).map(|(_, value)| value).collect()
    }

    /// Names and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Values that are never stored, not even as a hash.
    pub fn is_secret(name: &str) -> bool {
        name.contains("password") || name == "pin" || name.ends_with("_pin")
    }
}

/// A form that was refused, as it was sent; or one whose answer is still to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The endpoint that refused it.
    pub form: String,
    /// What was typed.
    pub fields: Fields,
    /// Why it was refused; none where only the session was lost, and no photo with it.
    pub fault: Option<Fault>,
    /// What a form that was not refused was answered with, as JSON, where a page without scripts must show that.
    #[serde(default)]
    pub reply: Option<String>,
}

/// What a page needs before it shows a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// For the hidden field `key`.
    pub key: Key,
    /// What the same browser sent before, if that was refused.
    pub kept: Option<Kept>,
}

impl Opened {
    /// The notes of one form.
    pub fn fault_of(&self, form: &str) -> Option<&Fault> {
        self.kept.as_ref().filter(|kept| kept.form == form)?.fault.as_ref()
    }

    /// The notes beside the fields of one form.
    pub fn notes_of(&self, form: &str) -> &[FieldNote] {
        match self.fault_of(form) {
            Some(Fault::Invalid(notes)) => notes,
            _ => &[],
        }
    }
}

/// A path of this site, and not of another that pretends to be one. Browsers take a backslash for a slash and
/// leave tabs and line ends out of an address, wherever in it they stand.
pub fn is_local(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains(|c: char| c == '\\' || c.is_control())
}

/// Whether a path is of a lobby screen's pages: nothing there may lead out of them.
pub fn is_kiosk(path: &str) -> bool {
    path.strip_prefix("/kiosk").is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
}

#[cfg(test)]
mod tests {
    use super::{is_kiosk, is_local};

    #[test]
    fn a_lobby_screens_pages_are_told_from_others() {
        assert!(["/kiosk", "/kiosk/", "/kiosk?kept=1", "/kiosk/book"].into_iter().all(is_kiosk));
        assert!(!["/", "/kiosks", "/home/kiosk", "/sign-in?next=/kiosk"].into_iter().any(is_kiosk));
    }

    #[test]
    fn only_paths_of_this_site_are_local() {
        for path in ["/", "/home", "/requests/LY-00042-K?kept=1#notes"] {
            assert!(is_local(path), "{path:?}");
        }
        for path in
            ["", "home", "//evil.test", "/\\evil.test", "/\t/evil.test", "/\n/evil.test", "/\r/evil.test", "/\0"]
        {
            assert!(!is_local(path), "{path:?}");
        }
    }
}
