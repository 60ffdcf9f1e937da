use crate::forms::Opened;
use crate::offline::Unsent;
use crate::photos::PhotoPicker;
use crate::requests::{Matter, Remark};
use crate::texts::texts;
use crate::ui::{Choice, Field, Hidden, Post, Radios, icon};
use leptos::prelude::*;
use server_fn::ServerFn;

/// A word to the resident, or among staff; which of the two is chosen beside the button, never guessed.
#[component]
pub fn WordsForm(
    /// The matter.
    data: RwSignal<Matter>,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let (id, estate) = data.with_untracked(|data| (data.request.id.to_string(), data.request.estate));
    let to = vec![
        Choice::new("false", t.matter_to_resident()).with_icon("chat"),
        Choice::new("true", t.matter_internal()).with_icon("note-lock"),
    ];
    view! {
        <section class="noprint" aria-labelledby="matter-write">
            <h2 id="matter-write">{t.matter_write()} <Unsent matter=format!("remark:{id}")/></h2>
            <Post to=Remark::PATH opened about=id.clone() waits=format!("remark:{id}") with_files=true>
                <Hidden name="id" value=Signal::stored(id)/>
                <Field name="words" label=t.matter_write_words() kind="textarea" rows=2 longest=2000/>
                <PhotoPicker estate/>
                <Radios name="internal" label=t.matter_readers() choices=to value="false"/>
                <div class="submit">
                    <button class="button">{icon("send")} " " {t.matter_send()}</button>
                </div>
            </Post>
        </section>
    }
}
