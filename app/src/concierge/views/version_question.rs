use crate::services::{LONGEST_LINE, QuestionForm, QuestionKind};
use crate::texts::{Lang, Texts};
use crate::ui::{Choice, Field, Select};
use leptos::prelude::*;

/// The fields of one question; the last row is for one more.
pub(super) fn question_row(t: Texts, at: usize, is_new: bool, form: QuestionForm) -> AnyView {
    let name = move |part: &str| format!("terms[questions][{at}][{part}]");
    let labels = ["label_en", "label_hans", "label_hant"].into_iter().zip(Lang::ALL);
    let values = [form.label_en, form.label_hans, form.label_hant];
    let labels = labels.zip(values).map(|((part, lang), value)| {
        let label = t.version_name_in(lang.own_name(), t.version_question());
        view! { <Field name=name(part) label longest=LONGEST_LINE value optional=is_new/> }
    });
    let labels = labels.collect_view();
    let kinds = QuestionKind::ALL.map(|kind| Choice::new(kind.tag(), kind_word(t, kind))).to_vec();
    let mut needs = vec![Choice::new("needed", t.version_needed()), Choice::new("optional", t.version_optional())];
    if !is_new {
        needs.push(Choice::new("removed", t.version_removed()));
    }
    let tells = vec![
        Choice::new("moment", t.version_tells_moment()),
        Choice::new("hours", t.version_tells_hours()),
        Choice::new("pieces", t.version_tells_pieces()),
    ];
    let legend = if is_new { t.version_question_new().to_owned() } else { t.version_question_number(at + 1) };
    let bound = move |part: &str, label: &'static str, value: String| {
        view! { <Field name=name(part) label kind="number" value optional=true/> }
    };
    view! {
        <fieldset class="stack card">
            <legend>{legend}</legend>
            <input type="hidden" name=name("slug") value=form.slug/>
            <div class="trio">{labels}</div>
            <div class="pair">
                <Select name=name("kind") label=t.version_kind() choices=kinds value=form.kind/>
                <Select name=name("need") label=t.version_need() choices=needs value=form.need/>
                <Select name=name("tells") label=t.version_tells() choices=tells value=form.tells empty=t.version_tells_nothing() optional=true/>
                {bound("place", t.version_place(), form.place)}
                {bound("least", t.version_least(), form.least)}
                {bound("most", t.version_most(), form.most)}
            </div>
            <Field name=name("choices") label=t.version_choices() hint=t.version_choices_hint() kind="textarea" rows=3 value=form.choices optional=true/>
        </fieldset>
    }
    .into_any()
}

fn kind_word(t: Texts, kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Text => t.version_kind_text(),
        QuestionKind::LongText => t.version_kind_lines(),
        QuestionKind::Number => t.version_kind_number(),
        QuestionKind::Date => t.version_kind_date(),
        QuestionKind::Time => t.version_kind_time(),
        QuestionKind::Moment => t.version_kind_moment(),
        QuestionKind::Choice => t.version_kind_choice(),
        QuestionKind::YesNo => t.version_kind_yes_no(),
        QuestionKind::Phone => t.version_kind_phone(),
    }
}
