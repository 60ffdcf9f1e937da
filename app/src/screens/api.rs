#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::{Screens, Standing};
use crate::asking::Packed;
use crate::fault::Fault;
use crate::ids::{AreaId, EstateId, Key, ScreenId};
use leptos::prelude::*;

/// What the asking browser is: a lobby screen, with its board; one that asks to be let in, with its code; or any other.
/// A screen says which build it runs (≤ 40 characters), and is seen by it.
#[server(endpoint = "screens/board", prefix = "/api")]
pub async fn load_standing(build: Option<String>) -> Result<Packed<Standing>, Fault> {
    crate::asking::packed(super::serve::standing(build).await)
}

/// Asks to be let in: the browser keeps a secret for a quarter of an hour, of which its code comes.
#[server(endpoint = "screens/ask", prefix = "/api")]
pub async fn ask_in(key: Key) -> Result<(), Fault> {
    let _ = key;
    super::serve::ask_in().await
}

/// Collects the credential of a screen that staff let in, once; does nothing before they have.
#[server(endpoint = "screens/enrol", prefix = "/api")]
pub async fn enrol_screen(key: Key) -> Result<(), Fault> {
    let _ = key;
    super::serve::enrol().await
}

/// The estate's lobby screens, those in use first. The site manager's.
#[server(endpoint = "screens/list", prefix = "/api")]
pub async fn load_screens() -> Result<Packed<Screens>, Fault> {
    crate::asking::packed(super::serve::screens().await)
}

/// Lets in the screen that shows a code, under a name (≤ 80 characters), at a place in common. The site manager's.
#[server(endpoint = "screens/let_in", prefix = "/api")]
pub async fn let_screen_in(key: Key, code: String, name: String, area: String) -> Result<ScreenId, Fault> {
    let _ = key;
    super::serve::let_in(code, name, area).await
}

/// Gives a screen another name or another place. The site manager's.
#[server(endpoint = "screens/change", prefix = "/api")]
pub async fn change_screen(key: Key, id: ScreenId, name: String, area: AreaId) -> Result<(), Fault> {
    let _ = key;
    super::serve::change(id, name, area).await
}

/// Makes a screen nobody, at once and for good. The site manager's.
#[server(endpoint = "screens/revoke", prefix = "/api")]
pub async fn revoke_screen(key: Key, id: ScreenId) -> Result<(), Fault> {
    let _ = key;
    super::serve::revoke(id).await
}

/// Makes the asking browser a lobby screen of one of the demo's estates; does not exist outside demo mode.
#[server(endpoint = "screens/open_demo", prefix = "/api")]
pub async fn open_demo_screen(key: Key, estate: EstateId) -> Result<(), Fault> {
    let _ = key;
    super::serve::open_demo(estate).await
}
