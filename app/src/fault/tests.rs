use super::{Fault, Note, Notes};

#[test]
fn texts_are_cleaned_before_they_are_counted() {
    let mut notes = Notes::default();
    assert_eq!(notes.text("words", " a\0\u{7}\r\nb\tc\r\n", 5), "a\nb\tc");
    assert_eq!(notes.optional("phone", Some(" \0 "), 5), None);
    assert!(notes.check().is_ok());
    let mut notes = Notes::default();
    notes.text("words", "\0", 5);
    assert_eq!(notes.check(), Err(Fault::field("words", Note::Missing)));
}

#[test]
fn only_what_cannot_be_found_stands_beside_its_field() {
    let beside = Fault::NotFound.beside("facility");
    assert_eq!((beside.note("facility"), beside.note("home")), (Some(Note::NotYours), None));
    assert_eq!(beside.clone().beside("home"), beside);
    assert_eq!(Fault::Stale.beside("facility"), Fault::Stale);
    assert_eq!(Fault::Stale.note("facility"), None);
}
