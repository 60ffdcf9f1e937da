use crate::fault::{Note, Notes};
use crate::ids::PhotoId;

/// The most photos of one report, and of one comment or completion.
pub const MOST_PHOTOS: usize = 6;
/// The longest text of a report, a comment or a note, in characters.
pub const LONGEST_WORDS: u32 = 2000;
/// The longest reason, in characters.
pub const LONGEST_REASON: u32 = 500;
/// How many preferred times a report may name.
pub const MOST_TIMES: usize = 9;
/// How many days ahead a preferred time may lie.
pub const FURTHEST_TIME: u64 = 60;

/// The ids of a form's photos.
pub fn parse_photos(notes: &mut Notes, photos: &[String]) -> Vec<PhotoId> {
    let parsed: Vec<_> = photos.iter().filter_map(|id| id.parse().ok()).collect();
    if parsed.len() != photos.len() {
        notes.add("photos", Note::NotYourPhoto);
    } else if parsed.len() > MOST_PHOTOS {
        notes.add("photos", Note::TooMany(6));
    }
    parsed
}
