//! The server renders what devices show, and keeps nothing of it.

use super::device::Kept;
use super::model::{Draft, PhotoFile, Sent};
use crate::asking::Reply;
use crate::forms::Fields;
use crate::live::Pulse;
use crate::moment::{Moment, Wall};
use web_sys::Blob;

/// A server keeps nothing.
pub fn kept() -> Kept {
    Kept::default()
}

/// Forms are posted by browsers.
pub async fn post(_draft: Draft) -> Sent {
    Sent::Answered(Reply::fault(""))
}

/// Photos are picked in browsers.
pub async fn stow(_photo: PhotoFile, _file: Blob) -> bool {
    false
}

/// Photos lie in browsers.
pub async fn stowed(_key: String) -> Option<Blob> {
    None
}

/// Entries lie in browsers.
pub fn revise(_place: u32, _seen: Option<i32>) {}

/// Entries lie in browsers.
pub fn replace(_place: u32, _keeps_photos: bool, _draft: Option<Draft>) {}

/// Entries lie in browsers.
pub async fn take_back(_place: u32, _is_there: impl Fn() -> bool + 'static) -> bool {
    false
}

/// Entries lie in browsers.
pub fn send_now() {}

/// Boards are kept in browsers.
pub fn keep_board(_pulse: Pulse) {}

/// Pages are renewed in browsers.
pub fn renew() {}

/// The server has no clock on a wall.
pub fn wall_here() -> Wall {
    Wall::new(Moment::default(), vec![(Moment::default(), 0)])
}

/// Forms are looked at in browsers before they are sent.
pub fn as_arrived(_body: &str) -> Fields {
    Fields::default()
}
