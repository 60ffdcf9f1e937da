//! What a device keeps for its person: answers that pages show where there is no network, and in the outbox what was
//! done there meanwhile. Nothing that somebody did may be lost, sent out of its order, or have an effect twice; and
//! nothing of one person may be shown to the next.

mod device;
mod model;
mod rules;
mod views;

#[cfg(not(feature = "ssr"))]
mod browser;
#[cfg(feature = "ssr")]
mod server;

#[cfg(not(feature = "ssr"))]
pub use browser::{
    as_arrived, ask, is_open, keep_board, kept, open, post, renew, replace, revise, send_now, start, stow, stowed,
    take_back, wall_here,
};
pub use device::{Device, Kept, device, foreseen};
pub use model::{Draft, Entry, PhotoFile, Sent};
pub use rules::{Answer, Step, judge, next_step};
#[cfg(feature = "ssr")]
pub use server::{
    as_arrived, keep_board, kept, post, renew, replace, revise, send_now, stow, stowed, take_back, wall_here,
};
pub use views::*;
