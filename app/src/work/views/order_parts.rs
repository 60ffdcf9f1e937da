use super::order_lines::{CheckForm, FindingForm, MaterialForm, StrikeForm, TimeForm};
use crate::forms::Opened;
use crate::moment::span;
use crate::photos::PhotoGrid;
use crate::requests::late_text;
use crate::texts::{Texts, texts};
use crate::ui::{WallClock, changing, icon};
use crate::work::{Material, Proof, Sheet, Signed, TimeSpent, proof_text, quantity_text};
use leptos::prelude::*;

/// What was found on site, and the form that says so: before the work begins (C7).
#[component]
pub fn Findings(
    /// The order.
    data: RwSignal<Sheet>,
    /// The page's clock.
    clock: WallClock,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let estate = data.with_untracked(|data| data.job.order.order.estate);
    let before = Memo::new(move |_| data.with(|data| data.before.clone()));
    let found = move || {
        data.with(|data| {
            if data.findings.is_empty() {
                return view! { <p class="soft">{t.sheet_findings_none()}</p> }.into_any();
            }
            let lines = data.findings.iter().map(|finding| {
                let by = t.sheet_by(&finding.by, clock.near(t, finding.at));
                view! { <li><p>{finding.words.clone()}</p> <p class="hint">{by}</p></li> }
            });
            view! { <ul class="lines">{lines.collect_view()}</ul> }.into_any()
        })
    };
    let has_any =
        Memo::new(move |_| data.with(|data| !data.findings.is_empty() || data.job.order.order.stage.is_open()));
    view! {
        <section class="card" aria-labelledby="order-findings" hidden=Signal::derive(move || !has_any.get())>
            <h2 id="order-findings">{t.sheet_findings()}</h2>
            {changing(found)}
            <PhotoGrid estate photos=before tag=t.sheet_before()/>
            <FindingForm data opened/>
        </section>
    }
}

/// What went into it: the estate's own, and the client's once it was checked (C8).
#[component]
pub fn Materials(
    /// The order.
    data: RwSignal<Sheet>,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let may_write = Memo::new(move |_| data.with(|data| data.may_write));
    let forms = opened.clone();
    let line = move |line: Material| {
        let (name, opened) = (line.name.clone(), forms.clone());
        let amount = t.sheet_amount(quantity_text(line.quantity), &line.unit);
        let check = line.passed.map(|passed| {
            let (symbol, word) = if passed { ("check", t.sheet_passed()) } else { ("cross", t.sheet_failed()) };
            view! { <span class="hint">{icon(symbol)} " " {word} " " {line.remark.clone()}</span> }
        });
        let strike = (may_write.get() && !line.is_struck && !line.is_unsent)
            .then(|| view! { <StrikeForm data line=line.id name=name.clone() opened/> });
        view! { <li><span>{struck(line.is_struck, name)} " " <b>{amount}</b> " " {check}</span> {strike}</li> }
            .into_any()
    };
    let lines = move || data.with(|data| data.materials.clone()).into_iter().map(line.clone()).collect_view();
    let is_empty = Memo::new(move |_| data.with(|data| data.materials.is_empty()));
    view! {
        <section class="card" aria-labelledby="order-materials" hidden=Signal::derive(move || is_empty.get() && !may_write.get())>
            <h2 id="order-materials">{t.sheet_materials()}</h2>
            {changing(move || is_empty.get().then(|| view! { <p class="soft">{t.sheet_materials_none()}</p> }))}
            <ul class="lines" hidden=Signal::derive(move || is_empty.get())>{changing(lines)}</ul>
            <div class="buttons">
                <MaterialForm data opened=opened.clone()/>
                <CheckForm data opened/>
            </div>
        </section>
    }
}

/// Who was at it how long.
#[component]
pub fn Times(
    /// The order.
    data: RwSignal<Sheet>,
    /// The page's clock.
    clock: WallClock,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let may_write = Memo::new(move |_| data.with(|data| data.may_write));
    let forms = opened.clone();
    let line = move |line: TimeSpent| {
        let opened = forms.clone();
        let (time, by) = (span(t, line.minutes.into()), t.sheet_by(&line.by, clock.near(t, line.at)));
        let strike = (may_write.get() && !line.is_struck && !line.is_unsent)
            .then(|| view! { <StrikeForm data line=line.id name=time.clone() opened/> });
        view! { <li><span><b>{struck(line.is_struck, time)}</b> " " <span class="hint">{by}</span></span> {strike}</li> }.into_any()
    };
    let lines = move || data.with(|data| data.hours.clone()).into_iter().map(line.clone()).collect_view();
    let is_empty = Memo::new(move |_| data.with(|data| data.hours.is_empty()));
    let total = move || {
        data.with(|data| {
            let minutes: i64 =
                data.hours.iter().filter(|line| !line.is_struck).map(|line| i64::from(line.minutes)).sum();
            if minutes > 0 { t.sheet_hours_total(span(t, minutes)) } else { t.sheet_hours_none().to_owned() }
        })
    };
    view! {
        <section class="card" aria-labelledby="order-hours" hidden=Signal::derive(move || is_empty.get() && !may_write.get())>
            <h2 id="order-hours">{t.sheet_hours()}</h2>
            <p class="soft">{changing(total)}</p>
            <ul class="lines">{changing(lines)}</ul>
            <TimeForm data opened/>
        </section>
    }
}

/// A line that was wrong stays, struck out, and says so.
fn struck(is_struck: bool, words: String) -> AnyView {
    let t = texts();
    if is_struck {
        view! { <s>{words}</s> " " <span class="hint">{t.sheet_struck()}</span> }.into_any()
    } else {
        words.into_any()
    }
}

/// What only paper has: lines for what is not there yet, and where the client signs if nobody drew a signature (C5).
pub fn by_hand(t: Texts, data: &Sheet) -> AnyView {
    let order = &data.job.order.order;
    let lines = [
        (data.findings.is_empty(), t.sheet_findings()),
        (data.materials.is_empty(), t.sheet_materials()),
        (data.hours.is_empty(), t.sheet_hours()),
        (order.note.is_none(), t.sheet_done()),
    ];
    let is_open = order.stage.is_open();
    let lines: Vec<_> = lines.into_iter().filter(|(is_missing, _)| *is_missing && is_open).collect();
    let is_drawn = data.signatures.iter().any(|signed| signed.is_drawn);
    let signs = (!is_drawn).then(|| view! { <div><p>{t.sheet_sign_client()}</p> <p>{t.sheet_sign_date()}</p></div> });
    if lines.is_empty() && is_drawn {
        return ().into_any();
    }
    let lines = lines.into_iter().map(|(_, word)| view! { <p>{word}</p> }).collect_view();
    view! { <section class="byhand"><h2>{t.sheet_by_hand()}</h2> {lines} {signs}</section> }.into_any()
}

/// What was done where there was no signal: the times beside it are those of its arrival.
pub(super) fn late(t: Texts, data: &Sheet, clock: WallClock) -> AnyView {
    let lines = data.late.iter().map(|late| late_text(t, clock.at(late.done_at), clock.at(late.at)));
    lines.map(|line| view! { <p class="hint">{line}</p> }).collect_view().into_any()
}

/// What was done, its photos, and how the client signed (C9); nothing before there is any of it.
#[component]
pub fn Result(
    /// The order.
    data: RwSignal<Sheet>,
    /// The page's clock.
    clock: WallClock,
) -> impl IntoView {
    let t = texts();
    let estate = data.with_untracked(|data| data.job.order.order.estate);
    let after = Memo::new(move |_| data.with(|data| data.after.clone()));
    let done = move || {
        data.with(|data| {
            let order = &data.job.order.order;
            let proof = order.proof.as_ref().map(|proof| proof_text(t, proof));
            let is_checked = matches!(order.proof, Some(Proof::Check { .. }));
            let checked = data.job.order.verified_by.clone().filter(|_| is_checked);
            let checked = checked.map(|name| t.rect_checked_by(name, clock.near(t, order.stage_at)));
            let proof: Vec<_> = [proof, checked].into_iter().flatten().collect();
            let proof = (!proof.is_empty()).then(|| proof.join(" · "));
            order.note.clone().map(|note| view! { <p class="prose">{note}</p> <p class="hint">{proof}</p> })
        })
    };
    let signature = move |signed: Signed| {
        let when = clock.at(signed.at).full(t);
        let words = if signed.is_drawn {
            t.sheet_signed_glass(&signed.name, when)
        } else {
            t.sheet_signed_typed(&signed.name, when)
        };
        let drawing = signed.is_drawn.then(|| {
            let source = format!("/signatures/{estate}/{}", signed.id);
            view! { <img class="drawn" src=source alt=t.sheet_drawing(&signed.name) width="320" height="100" loading="lazy"/> }
        });
        view! { <figure>{drawing} <figcaption class="hint">{words}</figcaption></figure> }.into_any()
    };
    let signatures = move || data.with(|data| data.signatures.clone()).into_iter().map(signature).collect_view();
    let has_any = Memo::new(move |_| data.with(|data| data.job.order.order.note.is_some()));
    view! {
        <section class="card" aria-labelledby="order-done" hidden=Signal::derive(move || !has_any.get())>
            <h2 id="order-done">{t.sheet_done()}</h2>
            {changing(done)}
            <PhotoGrid estate photos=after tag=t.sheet_after()/>
            {changing(signatures)}
        </section>
    }
}
