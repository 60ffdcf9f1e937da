use crate::desk::{LoadCounter, LoadWall};
use crate::forms::OpenForm;
use crate::people::{LoadFrame, LoadOffice};
use crate::requests::{LoadMatter, LoadQueue};
use crate::services::LoadCatalogue;
use crate::work::{LoadJobs, LoadOrder};
use server_fn::ServerFn;

/// Whether the answer of a reading server function is kept on the device of whoever was given it: what the pages ask
/// for that work without a network.
pub fn is_kept(path: &str) -> bool {
    [
        LoadFrame::PATH,
        LoadOffice::PATH,
        OpenForm::PATH,
        LoadJobs::PATH,
        LoadOrder::PATH,
        LoadMatter::PATH,
        LoadQueue::PATH,
        LoadCounter::PATH,
        LoadWall::PATH,
        LoadCatalogue::PATH,
    ]
    .contains(&path)
}
