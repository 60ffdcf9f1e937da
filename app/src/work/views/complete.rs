use crate::ids::EstateId;
use crate::photos::PhotoPicker;
use crate::texts::texts;
use crate::ui::{Checkbox, Field, SignaturePad};
use leptos::prelude::*;

/// What was done, and what proves it: photos, a signature (on glass, or as a typed name with a tick; the
/// two count the same), or the reason why neither was possible.
#[component]
pub fn CompleteFields(
    /// For the photos.
    estate: EstateId,
) -> impl IntoView {
    let t = texts();
    view! {
        <Field name="note" label=t.order_note() hint=t.order_note_hint() kind="textarea" rows=2 longest=2000/>
        <PhotoPicker estate label=t.order_photos()/>
        <fieldset class="field">
            <legend>{t.order_signature()} " " <span class="optional">{t.form_optional()}</span></legend>
            <div class="stack" data-gap="s">
                <SignaturePad/>
                <Field name="signer" label=t.order_signer() hint=t.order_signer_hint() optional=true longest=80 autocomplete="off"/>
                <Checkbox name="signed" label=t.order_signed() hint=t.order_signed_hint()/>
            </div>
        </fieldset>
        <Field
            name="no_proof_reason" label=t.order_no_proof() hint=t.order_no_proof_hint() kind="textarea" rows=2 longest=500
            optional=true
        />
    }
}
