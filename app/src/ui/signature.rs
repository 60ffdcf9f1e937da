use super::changing::changing;
use crate::texts::texts;
use crate::ui::field::{form_state, note_of};
use crate::ui::{icon, note_text};
use leptos::ev::PointerEvent;
use leptos::html::Canvas;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// One stroke: `x, y, x, y, …` on glass of 640 × 200.
type Stroke = Vec<i32>;

/// The glass, in its own units, whatever its size on the screen.
const GLASS: (f64, f64) = (640.0, 200.0);

/// A signature is more than a dot, and no longer than the server takes, in numbers.
const DOT: usize = 2;
const LONGEST: usize = 10_000;

/// Glass to sign on with a finger, a pen or a mouse. What was drawn stands in the hidden field `strokes`
/// as JSON, a list of strokes; while it is no more than a dot there is no such field. Only pages brought to
/// life have it: the typed name and tick beside it serve everybody else equally.
#[component]
pub fn SignaturePad() -> impl IntoView {
    let t = texts();
    let is_live = RwSignal::new(false);
    Effect::new(move |_| is_live.set(true));
    let strokes = RwSignal::new(Vec::<Stroke>::new());
    let drawn = Memo::new(move |_| strokes.with(|strokes| strokes.iter().map(Vec::len).sum::<usize>()));
    let is_full = move || drawn.get_untracked() >= LONGEST;
    let state = form_state();
    let (id, note) = (format!("{}-strokes", state.prefix), note_of(&state, "strokes"));
    let drawing = RwSignal::new(false);
    let glass = NodeRef::<Canvas>::new();

    let down = move |event: PointerEvent| {
        let Some(canvas) = glass.get_untracked().filter(|_| !is_full()) else {
            return;
        };
        event.prevent_default();
        let _ = canvas.set_pointer_capture(event.pointer_id());
        let (x, y) = place(&canvas, &event);
        drawing.set(true);
        strokes.update(|strokes| strokes.push(vec![x, y]));
        draw(&canvas, &[x, y, x, y]);
    };
    let travel = move |event: PointerEvent| {
        let Some(canvas) = glass.get_untracked().filter(|_| drawing.get_untracked() && !is_full()) else {
            return;
        };
        let (x, y) = place(&canvas, &event);
        let piece = strokes.try_update(|strokes| {
            let stroke = strokes.last_mut()?;
            let from = stroke.len().checked_sub(2).map(|last| [stroke[last], stroke[last + 1]])?;
            if from != [x, y] {
                stroke.extend([x, y]);
            }
            Some([from[0], from[1], x, y])
        });
        if let Some(Some(piece)) = piece {
            draw(&canvas, &piece);
        }
    };
    let lift = move |_: PointerEvent| drawing.set(false);
    let clear = move |_| {
        strokes.set(Vec::new());
        if let Some(canvas) = glass.get_untracked()
            && let Some(pen) = pen(&canvas)
        {
            pen.clear_rect(0.0, 0.0, GLASS.0, GLASS.1);
        }
    };
    let is_signed = move || drawn.get() > DOT;
    // Lists of whole numbers: as Rust shows them, they are JSON.
    let json = move || strokes.with(|strokes| format!("{strokes:?}"));

    changing(move || {
        let id = id.clone();
        is_live.get().then(|| {
            view! {
                <div class="signature" id=id tabindex="-1" data-state=Signal::derive(move || is_signed().then_some("signed"))>
                    <canvas
                        width="640"
                        height="200"
                        role="img"
                        aria-label=t.signature_glass()
                        node_ref=glass
                        on:pointerdown=down
                        on:pointermove=travel
                        on:pointerup=lift
                        on:pointercancel=lift
                    ></canvas>
                    <p class="hint" aria-live="polite">
                        {changing(move || if is_signed() { t.signature_signed() } else { t.signature_here() })}
                    </p>
                    <button type="button" class="button" data-kind="quiet" on:click=clear>
                        {icon("undo")} " " {t.signature_clear()}
                    </button>
                    {changing(move || note.get().map(|note| view! { <p class="error">{icon("alert")} {note_text(t, note)}</p> }))}
                    {changing(move || is_signed().then(|| view! { <input type="hidden" name="strokes" prop:value=Signal::derive(json)/> }))}
                </div>
            }
            .into_any()
        })
    })
}

/// Where a pointer is, in the glass's own units.
fn place(canvas: &HtmlCanvasElement, event: &PointerEvent) -> (i32, i32) {
    let on_screen = canvas.get_bounding_client_rect();
    let (width, height) = (on_screen.width().max(1.0), on_screen.height().max(1.0));
    let x = (f64::from(event.client_x()) - on_screen.left()) / width * GLASS.0;
    let y = (f64::from(event.client_y()) - on_screen.top()) / height * GLASS.1;
    (x.clamp(0.0, GLASS.0).round() as i32, y.clamp(0.0, GLASS.1).round() as i32)
}

/// A pen in the ink of the theme.
fn pen(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let ink = window().get_computed_style(canvas).ok()??.get_property_value("color").ok()?;
    pen.set_stroke_style_str(&ink);
    pen.set_line_width(3.0);
    pen.set_line_cap("round");
    pen.set_line_join("round");
    Some(pen)
}

fn draw(canvas: &HtmlCanvasElement, piece: &[i32; 4]) {
    let Some(pen) = pen(canvas) else { return };
    let [x1, y1, x2, y2] = piece.map(f64::from);
    pen.begin_path();
    pen.move_to(x1, y1);
    pen.line_to(x2, y2);
    pen.stroke();
}
