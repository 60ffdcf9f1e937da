use super::order_move::check_of;
use crate::forms::Opened;
use crate::ids::LineId;
use crate::photos::PhotoPicker;
use crate::texts::texts;
use crate::ui::{Choice, Field, Fold, Hidden, Hold, Post, Radios, Row, Steady, icon};
use crate::work::{CheckMaterial, ConfirmOnSite, OrderStage, Sheet, SpendTime, StrikeLine, UseMaterial};
use leptos::prelude::*;
use server_fn::ServerFn;
use uuid::Uuid;

const FINDING: Row = (Uuid::nil(), 1);
const MATERIAL: Row = (Uuid::nil(), 2);
const CHECK: Row = (Uuid::nil(), 3);
const TIME: Row = (Uuid::nil(), 4);

/// A form of the sheet that is there while it may be sent, and while somebody has it in hand.
fn offered(row: Row, may: Memo<bool>, form: impl Fn(Hold) -> AnyView + Clone + Send + Sync + 'static) -> AnyView {
    let forms = Steady::of(move || may.get().then_some(row).into_iter().collect());
    let children = move |row: Row| form(forms.hold(row));
    view! { <For each=move || forms.rows() key=|row| *row children/> }.into_any()
}

fn id_of(data: RwSignal<Sheet>) -> String {
    data.with_untracked(|data| data.job.order.order.id.to_string())
}

fn may_write(data: RwSignal<Sheet>) -> Memo<bool> {
    Memo::new(move |_| data.with(|data| data.may_write))
}

/// What is really to be done; unfolded until it was said once, and as long as somebody has it in hand.
#[component]
pub fn FindingForm(
    /// The order.
    data: RwSignal<Sheet>,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let estate = data.with_untracked(|data| data.job.order.order.estate);
    let id = id_of(data);
    let seen = Signal::derive(move || data.with(|data| data.job.order.order.version.to_string()));
    let is_first = Memo::new(move |_| data.with(|data| data.findings.is_empty()));
    let may = Memo::new(move |_| {
        data.with(|data| {
            let is_there = matches!(data.job.order.order.stage, OrderStage::OnSite | OrderStage::Paused { .. });
            data.may_write && is_there
        })
    });
    offered(FINDING, may, move |hold| {
        let (id, opened) = (id.clone(), opened.clone());
        let is_unfolded = Memo::new(move |before: Option<&bool>| {
            is_first.get() || (before.is_some_and(|before| *before) && hold.is_busy())
        });
        let form = move |is_unfolded: bool| {
            let (id, opened) = (id.clone(), opened.clone());
            let post = move || {
                view! {
                    <Post to=ConfirmOnSite::PATH opened about=id.clone() waits=format!("order:{id}") check=Some(check_of(ConfirmOnSite::PATH)) seen hold with_files=true dense=true>
                        <Hidden name="id" value=Signal::stored(id)/>
                        <Field name="words" label=t.sheet_find() kind="textarea" rows=2 longest=2000/>
                        <PhotoPicker estate label=t.sheet_find_photos()/>
                        <div class="submit">
                            <button class="button" data-kind="primary" data-size="l">{icon("check")} " " {t.sheet_confirm()}</button>
                        </div>
                    </Post>
                }
            };
            if is_unfolded {
                return post().into_any();
            }
            view! {
                <Fold hold><summary class="button" data-kind="quiet">{icon("pen")} " " {t.sheet_find_more()}</summary> {post()}</Fold>
            }
            .into_any()
        };
        view! { <For each=move || [is_unfolded.get()] key=|is_unfolded| *is_unfolded children=form/> }.into_any()
    })
}

/// A material of the estate's.
#[component]
pub fn MaterialForm(
    /// The order.
    data: RwSignal<Sheet>,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let id = id_of(data);
    offered(MATERIAL, may_write(data), move |hold| {
        let (id, opened) = (id.clone(), opened.clone());
        view! {
            <Fold hold group="line">
                <summary class="button" data-kind="quiet">{icon("plus")} " " {t.sheet_use()}</summary>
                <Post to=UseMaterial::PATH opened about=id.clone() waits=format!("order:{id}") check=Some(check_of(UseMaterial::PATH)) hold dense=true>
                    <Hidden name="id" value=Signal::stored(id)/>
                    {amount()}
                    <div class="submit"><button class="button" data-kind="primary">{icon("plus")} " " {t.sheet_use()}</button></div>
                </Post>
            </Fold>
        }
        .into_any()
    })
}

/// The client's own, checked before it is used.
#[component]
pub fn CheckForm(
    /// The order.
    data: RwSignal<Sheet>,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let id = id_of(data);
    offered(CHECK, may_write(data), move |hold| {
        let (id, opened) = (id.clone(), opened.clone());
        let choices = vec![
            Choice::new("pass", t.sheet_pass()).with_icon("check"),
            Choice::new("fail", t.sheet_fail()).with_icon("cross"),
        ];
        view! {
            <Fold hold group="line">
                <summary class="button" data-kind="quiet">{icon("user-check")} " " {t.sheet_check()}</summary>
                <Post to=CheckMaterial::PATH opened about=id.clone() waits=format!("order:{id}") check=Some(check_of(CheckMaterial::PATH)) hold dense=true>
                    <p class="soft">{t.sheet_check_hint()}</p>
                    <Hidden name="id" value=Signal::stored(id)/>
                    {amount()}
                    <Radios name="result" label=t.sheet_result() choices value=""/>
                    <Field name="remark" label=t.sheet_remark() hint=t.sheet_remark_hint() longest=500 optional=true/>
                    <div class="submit"><button class="button" data-kind="primary">{icon("check")} " " {t.sheet_check_save()}</button></div>
                </Post>
            </Fold>
        }
        .into_any()
    })
}

/// What, and how much of it.
fn amount() -> AnyView {
    let t = texts();
    view! {
        <Field name="name" label=t.sheet_material() longest=120 autocomplete="off"/>
        <div class="pair">
            <Field name="quantity" label=t.sheet_quantity() longest=12 autocomplete="off" value="1"/>
            <Field name="unit" label=t.sheet_unit() hint=t.sheet_unit_hint() longest=20/>
        </div>
    }
    .into_any()
}

/// The reader's time at the work.
#[component]
pub fn TimeForm(
    /// The order.
    data: RwSignal<Sheet>,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let id = id_of(data);
    offered(TIME, may_write(data), move |hold| {
        let (id, opened) = (id.clone(), opened.clone());
        view! {
            <Fold hold group="line">
                <summary class="button" data-kind="quiet">{icon("clock")} " " {t.sheet_spend()}</summary>
                <Post to=SpendTime::PATH opened about=id.clone() waits=format!("order:{id}") check=Some(check_of(SpendTime::PATH)) hold dense=true>
                    <Hidden name="id" value=Signal::stored(id)/>
                    <div class="pair">
                        <Field name="hours" label=t.sheet_hour() kind="number" optional=true/>
                        <Field name="minutes" label=t.sheet_minute() kind="number" optional=true/>
                    </div>
                    <div class="submit"><button class="button" data-kind="primary">{icon("plus")} " " {t.sheet_spend()}</button></div>
                </Post>
            </Fold>
        }
        .into_any()
    })
}

/// Strikes out a line that was wrong.
#[component]
pub fn StrikeForm(
    /// The order.
    data: RwSignal<Sheet>,
    /// Which line.
    line: LineId,
    /// What stands in it.
    name: String,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    view! {
        <Post to=StrikeLine::PATH opened about=line.to_string() class="plain">
            <Hidden name="id" value=Signal::stored(id_of(data))/>
            <Hidden name="line" value=Signal::stored(line.to_string())/>
            <button class="button" data-kind="quiet" aria-label=t.sheet_strike(name)>{icon("cross")}</button>
        </Post>
    }
}
