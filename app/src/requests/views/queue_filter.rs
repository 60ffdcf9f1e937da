use crate::moment::Moment;
use crate::requests::{After, Facet, Sieve, View};
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};
use std::hash::{Hash, Hasher};

/// Which part of the queue an address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// The fixed part.
    pub view: View,
    /// What is looked for in texts, codes, places and names; empty for everything.
    pub words: String,
    /// What it is narrowed to.
    pub sieve: Sieve,
    /// Where the page begins; none for the first.
    pub after: Option<After>,
}

impl Filter {
    /// The filter of an address: `?view=new&q=tap&building=Building+1&after=…`.
    pub fn of(query: &ParamsMap) -> Self {
        Self {
            view: query.get_str("view").and_then(View::from_tag).unwrap_or_default(),
            words: query.get_str("q").unwrap_or_default().trim().to_owned(),
            sieve: Sieve::of(|tag| query.get(tag)),
            after: query.get_str("after").and_then(after_from_tag),
        }
    }

    /// Its fixed part alone, narrowed to what is late.
    pub fn late() -> Self {
        let sieve = Sieve::of(|tag| (tag == Facet::Clock.tag()).then(|| "late".to_owned()));
        Self { sieve, ..Self::default() }
    }

    /// The part that is shown: of what is open, what is over is none.
    pub fn part(&self) -> View {
        self.sieve.part(self.view)
    }

    /// The same without one of the things to which it is narrowed.
    pub fn without(&self, facet: Facet) -> Self {
        Self { sieve: self.sieve.without(facet), after: None, ..self.clone() }
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
        for (facet, value) in self.sieve.iter() {
            query.insert(facet.tag(), value.to_owned());
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
        self.sieve.hash(state);
        self.after.map(|after| after.id).hash(state);
    }
}

fn after_from_tag(tag: &str) -> Option<After> {
    let (at, id) = tag.split_once('~')?;
    Some(After { at: Moment::from_timestamp_micros(at.parse().ok()?)?, id: id.parse().ok()? })
}
