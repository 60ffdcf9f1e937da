use crate::moment::Moment;
use crate::requests::{After, View};
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};
use std::hash::{Hash, Hasher};

/// Which part of the queue an address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// The chip.
    pub view: View,
    /// What is looked for in codes and texts; empty for everything.
    pub words: String,
    /// Where the page begins; none for the first.
    pub after: Option<After>,
}

impl Filter {
    /// The filter of an address: `?view=new&q=tap&after=…`.
    pub fn of(query: &ParamsMap) -> Self {
        Self {
            view: query.get_str("view").and_then(View::from_tag).unwrap_or_default(),
            words: query.get_str("q").unwrap_or_default().trim().to_owned(),
            after: query.get_str("after").and_then(after_from_tag),
        }
    }

    /// The same filter at a path.
    pub fn link(&self, path: &str) -> String {
        let mut query = ParamsMap::new();
        if self.view != View::default() {
            query.insert("view", self.view.tag().to_owned());
        }
        if !self.words.is_empty() {
            query.insert("q", self.words.clone());
        }
        if let Some(after) = self.after {
            query.insert("after", format!("{}~{}", after.at.timestamp_micros(), after.id));
        }
        format!("{path}{}", query.to_query_string())
    }
}

impl Hash for Filter {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.view.tag().hash(state);
        self.words.hash(state);
        self.after.map(|after| after.id).hash(state);
    }
}

fn after_from_tag(tag: &str) -> Option<After> {
    let (at, id) = tag.split_once('~')?;
    Some(After { at: Moment::from_timestamp_micros(at.parse().ok()?)?, id: id.parse().ok()? })
}
