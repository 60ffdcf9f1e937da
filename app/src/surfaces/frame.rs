use crate::asking::Loading;
use crate::people::{Frame, Office, Staff};
use crate::screens::{Board, Standing};
use leptos::prelude::*;

/// Who looks at a resident's page, loaded once by its frame and shared with the page.
#[derive(Clone, Copy)]
pub struct FrameData(pub Loading<Frame>);

/// The same for the office's pages.
#[derive(Clone, Copy)]
pub struct OfficeData(pub Loading<Option<Office>>);

/// The same for a lobby screen's.
#[derive(Clone, Copy)]
pub struct KioskData {
    /// What the browser was when the page was loaded.
    pub standing: Loading<Standing>,
    /// The board as it has become since; none before it was looked at again.
    pub board: RwSignal<Option<Board>>,
    /// Whether everything to touch stands within reach from a wheelchair.
    pub is_low: RwSignal<bool>,
}

/// Who works here of those who look; none where nobody does, or nobody could say.
pub async fn works_here(office: Option<OfficeData>) -> Option<Staff> {
    let OfficeData(office) = office?;
    Some(office.await.ok()??.staff)
}
