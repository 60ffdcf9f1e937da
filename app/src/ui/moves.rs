use super::fold::Fold;
use super::hold::Hold;
use crate::forms::Opened;
use crate::ui::{Check, Hidden, Post, icon};
use leptos::prelude::*;

/// One move: a button where it asks nothing, else a form that folds out of one.
#[component]
pub fn Move(
    /// Where it is sent: `Triage::PATH`.
    to: &'static str,
    /// The page's forms.
    opened: Opened,
    /// What it moves: the field `id`.
    id: String,
    /// The version of that.
    seen: Signal<String>,
    /// What keeps its form while somebody is at it.
    hold: Hold,
    /// Its symbol and its word.
    looks: (&'static str, &'static str),
    /// Unfolding one of a group folds the others.
    group: &'static str,
    /// Whether it is the likeliest. What ends or undoes something is never offered first.
    is_first: Signal<bool>,
    /// Whether its target is large: gloves.
    #[prop(optional)]
    is_large: bool,
    /// Whether it ends or undoes something.
    #[prop(optional)]
    is_harsh: bool,
    /// The single key that unfolds it.
    #[prop(optional_no_strip)]
    shortcut: Option<&'static str>,
    /// What is wrong with it, as far as the browser can say.
    #[prop(optional_no_strip)]
    check: Option<Check>,
    /// What it is about, where it may wait on the device for a network.
    #[prop(optional, into)]
    waits: String,
    /// Whether files come along.
    #[prop(optional)]
    with_files: bool,
    /// The fields of what it asks, where it asks something.
    asks: Option<Children>,
) -> impl IntoView {
    let (symbol, word) = looks;
    let size = is_large.then_some("l");
    let kind = Signal::derive(move || (is_first.get() && !is_harsh).then_some("primary"));
    let label = move || view! { {icon(symbol)} " " {word} };
    let folds = asks.is_some();
    let fields = move || match asks {
        None => view! { <button class="button" data-kind=kind data-size=size>{label()}</button> }.into_any(),
        Some(asks) => view! {
            {asks()}
            <div class="submit">
                <button class="button" data-kind=if is_harsh { "danger" } else { "primary" }>{label()}</button>
            </div>
        }
        .into_any(),
    };
    let form = move || {
        view! {
            <Post to opened about=id.clone() seen hold waits check with_files>
                <Hidden name="id" value=id/>
                {fields()}
            </Post>
        }
    };
    if !folds {
        return form().into_any();
    }
    view! {
        <Fold hold group>
            <summary class="button" data-kind=kind data-size=size aria-keyshortcuts=shortcut>{label()}</summary>
            {form()}
        </Fold>
    }
    .into_any()
}
