mod parts;
mod states;

use crate::asking::Loading;
use crate::fault::Fault;
use crate::forms::Opened;
use crate::page::office_page;
use crate::people::{Frame, LoadFrame};
use crate::texts::texts;
use crate::ui::{FaultPage, awaited, opened};
use leptos::prelude::*;
use leptos_meta::Title;
use parts::Parts;
use states::States;

/// Every part of the interface in every state, for those who build it. It exists in demo mode only.
pub struct GalleryPage {
    frame: Loading<Frame>,
    opened: Loading<Opened>,
}

office_page!(GalleryPage in gallery);

impl GalleryPage {
    fn data() -> Self {
        Self { frame: Loading::new(|| LoadFrame {}), opened: opened() }
    }

    fn view(self) -> AnyView {
        let GalleryPage { frame, opened } = self;
        let t = texts();
        view! {
            <Suspense>
                {awaited(move || async move {
                    match (frame.await, opened.await) {
                        (Ok(frame), Ok(opened)) if frame.demo => {
                            view! {
                                <Title text=t.frame_title(t.gallery_title(), t.frame_product())/>
                                <header><h1>{t.gallery_title()}</h1></header>
                                <States/>
                                <Parts opened/>
                            }
                                .into_any()
                        }
                        (Ok(_), Ok(_)) => view! { <FaultPage fault=Fault::NotFound/> }.into_any(),
                        (Err(fault), _) | (_, Err(fault)) => view! { <FaultPage fault/> }.into_any(),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}
