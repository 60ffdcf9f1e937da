use super::super::model::ReportSlip;
use super::state::state_lines;
use crate::texts::Texts;
use crate::ui::icon;
use leptos::prelude::*;

/// What a report became: its code and PIN, which are seen this once, the promise, and the way to a phone.
pub(super) fn slip_card(t: Texts, slip: ReportSlip) -> AnyView {
    let pin = match slip.pin {
        Some(pin) => view! { <dd class="bigcode">{pin}</dd> }.into_any(),
        None => view! { <dd class="soft">{t.lobby_pin_was_shown()}</dd> }.into_any(),
    };
    view! {
        <section class="card given" id="reply" role="status" aria-labelledby="given">
            <h2 id="given">{icon("check-circle")} " " {t.lobby_received()}</h2>
            <dl>
                <div>
                    <dt>{t.lobby_code()}</dt>
                    <dd class="bigcode">{slip.code}</dd>
                </div>
                <div>
                    <dt>{t.lobby_pin()}</dt>
                    {pin}
                </div>
            </dl>
            {state_lines(t, &slip.state)}
            <div class="qr" role="img" aria-label=t.lobby_qr_matter() inner_html=slip.qr></div>
            <p class="hint">{t.lobby_once()}</p>
        </section>
    }
    .into_any()
}
