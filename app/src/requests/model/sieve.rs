use super::View;
use serde::{Deserialize, Serialize};

/// One way in which the queue can be narrowed; its tag names it in addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Facet {
    /// A stage's tag.
    State,
    /// How its clocks stand: `late`, `risk`, `running`, `resting`.
    Clock,
    /// The slug of a category or of a problem.
    Problem,
    /// A building's name, in any language.
    Building,
    /// A storey's number.
    Floor,
    /// A unit's number.
    Unit,
    /// A common area's name, in any language.
    Area,
    /// A department's slug.
    Department,
    /// The membership of who answers for it, or has an order for it: namesakes are two.
    Person,
    /// By which way it came in (B15).
    Source,
    /// `none`, or the most stars that any of the four axes got (A16).
    Rating,
}

impl Facet {
    /// All, in the order in which they are offered.
    pub const ALL: [Facet; 11] = [
        Facet::State,
        Facet::Clock,
        Facet::Problem,
        Facet::Building,
        Facet::Floor,
        Facet::Unit,
        Facet::Area,
        Facet::Department,
        Facet::Person,
        Facet::Source,
        Facet::Rating,
    ];

    /// The name in addresses and forms.
    pub fn tag(self) -> &'static str {
        match self {
            Facet::State => "state",
            Facet::Clock => "clock",
            Facet::Problem => "problem",
            Facet::Building => "building",
            Facet::Floor => "floor",
            Facet::Unit => "unit",
            Facet::Area => "area",
            Facet::Department => "department",
            Facet::Person => "person",
            Facet::Source => "source",
            Facet::Rating => "rating",
        }
    }

    /// The facet of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.tag() == tag)
    }
}

/// The longest value, in characters: nothing that an estate knows has a longer name.
const LONGEST: usize = 120;

/// What the queue is narrowed to: at most one value a facet, all of which hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sieve(Vec<(Facet, String)>);

impl Sieve {
    /// What an address or a form says about each facet.
    pub fn of(value: impl Fn(&'static str) -> Option<String>) -> Self {
        let said = Facet::ALL.into_iter().filter_map(|facet| {
            let value: String = value(facet.tag())?.trim().chars().take(LONGEST).collect();
            (!value.is_empty()).then_some((facet, value))
        });
        Self(said.collect())
    }

    /// As a server function takes it: `state:waiting`.
    pub fn parse(typed: &[String]) -> Self {
        let parts: Vec<_> = typed.iter().filter_map(|part| part.split_once(':')).collect();
        Self::of(|tag| parts.iter().find(|(name, _)| *name == tag).map(|(_, value)| (*value).to_owned()))
    }

    /// For a server function.
    pub fn parts(&self) -> Vec<String> {
        self.iter().map(|(facet, value)| format!("{}:{value}", facet.tag())).collect()
    }

    /// Facets and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Facet, &str)> {
        self.0.iter().map(|(facet, value)| (*facet, value.as_str()))
    }

    /// The value of a facet.
    pub fn get(&self, facet: Facet) -> Option<&str> {
        self.iter().find(|(other, _)| *other == facet).map(|(_, value)| value)
    }

    /// The same without a facet.
    pub fn without(&self, facet: Facet) -> Self {
        Self(self.0.iter().filter(|(other, _)| *other != facet).cloned().collect())
    }

    /// Whether it asks for what the office has done with: none of that stands among what is open.
    pub fn is_beyond_open(&self) -> bool {
        let is_open = |tag: &str| {
            matches!(tag, "received" | "triaged" | "dispatched" | "in_progress" | "waiting" | "disputed" | "reopened")
        };
        self.get(Facet::Rating).is_some() || self.get(Facet::State).is_some_and(|tag| !is_open(tag))
    }

    /// The part of the queue in which it is looked, where one is asked for: all of it, rather than one in which there can
    /// be nothing.
    pub fn part(&self, asked: View) -> View {
        match asked {
            View::Open | View::New if self.is_beyond_open() => View::All,
            _ => asked,
        }
    }

    /// Whether nothing is left out.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{Facet, Sieve, View};

    #[test]
    fn what_is_sent_is_read_again() {
        let typed = ["person:O:Brien", "state:waiting", "floor: ", "what:ever"].map(str::to_owned);
        let sieve = Sieve::parse(&typed);
        assert_eq!(sieve.iter().collect::<Vec<_>>(), [(Facet::State, "waiting"), (Facet::Person, "O:Brien")]);
        assert_eq!(Sieve::parse(&sieve.parts()), sieve);
        assert_eq!(sieve.without(Facet::State).get(Facet::State), None);
    }

    #[test]
    fn what_is_over_is_not_looked_for_among_the_open() {
        let part = |typed: &str, view| Sieve::parse(&[typed.to_owned()]).part(view);
        for (typed, view, expected) in [
            ("state:archived", View::Open, View::All),
            ("rating:2", View::New, View::All),
            ("state:archived", View::Mine, View::Mine),
            ("state:archived", View::Done, View::Done),
            ("state:reopened", View::New, View::New),
            ("clock:late", View::Open, View::Open),
        ] {
            assert_eq!(part(typed, view), expected, "{typed}");
        }
    }
}
