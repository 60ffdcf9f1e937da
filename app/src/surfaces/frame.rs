use crate::asking::Loading;
use crate::people::{Frame, Office, Staff};
use crate::screens::Standing;

/// Who looks at a resident's page, loaded once by its frame and shared with the page.
#[derive(Clone, Copy)]
pub struct FrameData(pub Loading<Frame>);

/// The same for the office's pages.
#[derive(Clone, Copy)]
pub struct OfficeData(pub Loading<Option<Office>>);

/// The same for a lobby screen's.
#[derive(Clone, Copy)]
pub struct KioskData(pub Loading<Standing>);

/// Who works here of those who look; none where nobody does, or nobody could say.
pub async fn works_here(office: Option<OfficeData>) -> Option<Staff> {
    let OfficeData(office) = office?;
    Some(office.await.ok()??.staff)
}
