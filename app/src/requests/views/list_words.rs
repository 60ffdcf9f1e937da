use super::queue_filter::Filter;
use super::queue_words::{facet_word, value_word, view_word};
use crate::estate::Names;
use crate::requests::Facet;
use crate::texts::Texts;

/// A filter in words, as the heading of what is printed: `Open · State: waiting · “tap”`.
pub fn filter_words(t: Texts, filter: &Filter, names: &[(Facet, Names)]) -> String {
    let mut words = vec![view_word(t, filter.part()).to_owned()];
    let sieve = filter.sieve.iter();
    words.extend(sieve.map(|(facet, value)| t.queue_chip(facet_word(t, facet), value_word(t, facet, value, names))));
    if !filter.words.is_empty() {
        words.push(t.list_words(&filter.words));
    }
    words.join(" · ")
}
