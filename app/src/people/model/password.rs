use crate::fault::{Note, Notes};

/// The first and longest lengths of a password, in characters (ASVS 5.0, 6.2.1 and 6.2.9).
pub const PASSWORD_LENGTH: std::ops::RangeInclusive<usize> = 10..=128;

/// Notes a password whose length is out of bounds; how easily it is guessed is the server's question.
pub fn check_password(notes: &mut Notes, field: &str, password: &str) {
    let length = password.chars().count();
    if length < *PASSWORD_LENGTH.start() {
        notes.add(field, Note::TooShort(10));
    } else if length > *PASSWORD_LENGTH.end() {
        notes.add(field, Note::TooLong(128));
    }
}
