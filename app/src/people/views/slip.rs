use crate::people::IssuedInvitation;
use crate::texts::texts;
use crate::ui::{WallClock, changing, print_button};
use leptos::html;
use leptos::prelude::*;

/// An invitation just issued: the only time that its code is seen. Printing the page prints this slip alone.
#[component]
pub fn SlipCard(
    /// What was issued.
    slip: RwSignal<Option<IssuedInvitation>>,
    /// The page's clock.
    clock: WallClock,
) -> impl IntoView {
    let t = texts();
    let title = NodeRef::<html::H2>::new();
    Effect::new(move |before: Option<bool>| {
        let is_there = slip.with(Option::is_some);
        if before.is_some() && is_there {
            request_animation_frame(move || {
                if let Some(title) = title.get_untracked() {
                    let _ = title.focus();
                }
            });
        }
        is_there
    });
    changing(move || {
        slip.get().map(|issued| {
            let until = t.staff_slip_until(clock.at(issued.expires_at).full(t));
            view! {
                <section class="card" id="reply" aria-labelledby="slip-title">
                    <h2 id="slip-title" tabindex="-1" node_ref=title>{t.staff_slip_title(&issued.name)}</h2>
                    <p class="soft noprint">{t.staff_slip_once()}</p>
                    <div class="slip" data-print>
                        <div class="qr" role="img" aria-label=t.staff_slip_qr() inner_html=issued.qr></div>
                        <p>{issued.unit.map(|unit| view! { {unit.label(t)} <br/> })} <span class="soft">{until}</span></p>
                        <p class="code">{issued.code}</p>
                        <p class="soft">{t.staff_slip_how()}</p>
                    </div>
                    <div class="buttons">
                        {print_button(t.staff_slip_print())}
                    </div>
                </section>
            }
            .into_any()
        })
    })
}
