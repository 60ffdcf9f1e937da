//! What follow-ups and their answers are called.

use super::model::{Answer, FollowUpMeans};
use crate::texts::Texts;

/// How somebody is asked again.
pub fn follow_up_means_word(t: Texts, means: FollowUpMeans) -> &'static str {
    match means {
        FollowUpMeans::Phone => t.follow_phone(),
        FollowUpMeans::Visit => t.follow_visit(),
    }
}

/// Its symbol.
pub fn follow_up_means_icon(means: FollowUpMeans) -> &'static str {
    match means {
        FollowUpMeans::Phone => "phone",
        FollowUpMeans::Visit => "door",
    }
}

/// An answer as one sentence, for timelines and inboxes.
pub fn answer_text(t: Texts, answer: &Answer) -> String {
    match (answer.satisfied, &answer.words) {
        (true, Some(words)) => t.follow_said_yes_words(words),
        (true, None) => t.follow_said_yes().to_owned(),
        (false, words) => t.follow_said_no(words.as_deref().unwrap_or_default()),
    }
}
