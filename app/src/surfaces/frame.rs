use crate::asking::Loading;
use crate::people::Frame;
use leptos::prelude::*;

/// Who looks at this surface, loaded once by its frame and shared with its pages.
#[derive(Clone, Copy)]
pub struct FrameData(pub Loading<Frame>);

/// Shares what the frame loaded.
pub(super) fn share(frame: Loading<Frame>) -> Loading<Frame> {
    provide_context(FrameData(frame));
    frame
}
