use crate::packed::Loading;
use crate::people::{Frame, load_frame};
use leptos::prelude::*;

/// Who looks at this surface, loaded once by its frame and shared with its pages.
#[derive(Clone, Copy)]
pub struct FrameData(pub Loading<Frame>);

/// Loads the frame and shares it.
pub(super) fn share_frame() -> FrameData {
    let frame = FrameData(Loading::new(|| (), |()| load_frame()));
    provide_context(frame);
    frame
}
