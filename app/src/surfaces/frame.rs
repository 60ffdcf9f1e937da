use crate::asking::Loading;
use crate::people::{Frame, Office};

/// Who looks at a resident's page, loaded once by its frame and shared with the page.
#[derive(Clone, Copy)]
pub struct FrameData(pub Loading<Frame>);

/// The same for the office's pages.
#[derive(Clone, Copy)]
pub struct OfficeData(pub Loading<Option<Office>>);
