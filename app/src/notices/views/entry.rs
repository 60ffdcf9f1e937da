use super::super::api::{ApproveNotice, ChangeNotice, LoadNoticeDesk, ScheduleNotice, WithdrawNotice};
use super::super::model::{Notice, NoticeDesk, NoticeEntry, NoticeFile, NoticeForm, NoticeMove, NoticeStage, Priority};
use super::super::rules::LONGEST_NOTE;
use super::super::words::{move_word, use_word};
use super::fields::fields;
use super::parts::{Read, chips, since, ways, words};
use crate::estate::BuildingRef;
use crate::forms::Opened;
use crate::ids::UnitId;
use crate::live::Room;
use crate::moment::Moment;
use crate::people::occupancy_word;
use crate::texts::{Lang, Texts, texts};
use crate::ui::{Field, Move, Row, Steady, WallClock, changing, fresh, icon, print_button, ticking};
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;
use uuid::Uuid;

/// What the page shows of it.
fn of<T>(data: RwSignal<NoticeDesk>, say: impl FnOnce(&NoticeEntry) -> T) -> Option<T> {
    data.with(|desk| desk.one.as_ref().map(say))
}

/// What those who see it through know of it.
fn file_of<T>(data: RwSignal<NoticeDesk>, say: impl FnOnce(&NoticeFile) -> T) -> Option<T> {
    data.with(|desk| desk.one.as_ref().and_then(|one| one.file.as_ref()).map(say))
}

/// One notice as the office sees it through: the sheet as it is posted, the moves, and whom it has reached.
#[component]
pub(super) fn Entry(desk: NoticeDesk, opened: Opened, notice: String, more: Option<Uuid>) -> impl IntoView {
    let t = texts();
    let here = format!("/staff/notices/{notice}");
    let data = fresh(desk, Room::Notices, move || LoadNoticeDesk { notice: Some(notice.clone()), more });
    let clock = ticking(move || data.with(|desk| desk.wall.clone()));
    let title = untrack(move || of(data, |one| one.sheet.line.title.clone()));
    let Some(title) = title else { return ().into_any() };
    let name = title.of(title.nearest(t.lang)).to_owned();
    let id = untrack(move || of(data, |one| one.sheet.line.id));
    let is_file = untrack(move || file_of(data, |_| ()).is_some());
    let may_draft = data.with_untracked(|desk| desk.may_draft);
    let copy = id.filter(|_| may_draft).map(|id| format!("/staff/notices/new?from={id}"));
    let asks = Memo::new(move |_| {
        of(data, |one| {
            let line = &one.sheet.line;
            line.stage == NoticeStage::Published && line.priority == Priority::Emergency && !line.is_read
        })
        .unwrap_or_default()
    });
    let acknowledge = opened.clone();
    let read = move || {
        let id = id.filter(|_| asks.get())?;
        Some(view! { <Read id is_emergency=true opened=acknowledge.clone()/> })
    };
    view! {
        <Title text=t.frame_title(&name, t.frame_product())/>
        <a class="back" href="/staff/notices">{icon("arrow-left")} " " {t.bulletins_title()}</a>
        <header class="noprint">
            <h1>{name}</h1>
            <p>{changing(move || of(data, |one| chips(t, &one.sheet.line)))}</p>
            <p class="hint">{changing(move || of(data, |one| since(t, &one.sheet.line, clock)))}</p>
            <p role="status">{changing(move || of(data, |one| one.sheet.reason.clone()).flatten())}</p>
        </header>
        {changing(read)}
        {is_file.then(|| view! {
            <div class="noprint">{changing(move || file_of(data, |file| missing(t, &file.notice)).flatten())}</div>
            <dl class="facts noprint">{changing(move || data.with(|desk| facts(t, desk, clock)))}</dl>
        })}
        <article class="bulletin paper" aria-label=t.bulletin_sheet()>
            {changing(move || of(data, |one| sheet(t, one, clock)))}
        </article>
        <div class="buttons">
            {print_button(t.print())}
            {copy.map(|href| view! { <a class="button noprint" href=href>{icon("plus")} " " {t.bulletin_copy()}</a> })}
        </div>
        {is_file.then(|| view! { <Receipts data here more/> <Moves data clock opened/> })}
    }
    .into_any()
}

/// The sheet as it is posted: how much it matters and when it applies, every language that it is written in side by side, and
/// a code that leads a phone to it.
fn sheet(t: Texts, one: &NoticeEntry, clock: WallClock) -> AnyView {
    let (title, html) = (&one.sheet.line.title, &one.sheet.html);
    let columns = Lang::ALL.into_iter().filter(|lang| !title.of(*lang).is_empty()).map(|lang| {
        let estate = one.file.as_ref().map(|file| file.estate.of(lang).to_owned());
        view! {
            <section lang=lang.tag()>
                <p class="soft">{estate}</p>
                <h2>{title.of(lang).to_owned()}</h2>
                {words(html, lang)}
            </section>
        }
    });
    let columns = columns.collect_view();
    let code = one.file.as_ref().map(|file| {
        view! {
            <footer>
                <div class="qr" role="img" aria-label=t.bulletin_qr() inner_html=file.qr.clone()></div>
                <p>{t.bulletin_qr_hint()}</p>
            </footer>
        }
    });
    view! { {heading(t, one, clock)} <div class="columns">{columns}</div> {code} }.into_any()
}

/// What stands above all languages of a sheet, in figures and words that the readers of each know.
fn heading(t: Texts, one: &NoticeEntry, clock: WallClock) -> AnyView {
    let (line, notice) = (&one.sheet.line, one.file.as_ref().map(|file| &file.notice));
    let shown = |moment: Moment| {
        let when = clock.at(moment);
        format!("{} {}", when.day(), when.clock())
    };
    let weight = match line.priority {
        Priority::Ordinary => None,
        Priority::Important => Some(t.bulletin_sheet_important()),
        Priority::Emergency => Some(t.bulletin_sheet_emergency()),
    };
    let from = line.published_at.or_else(|| notice.and_then(|notice| notice.publish_at));
    let applies = match (from.map(shown), line.expires_at.map(shown)) {
        (Some(from), Some(until)) => Some(t.bulletin_sheet_between(from, until)),
        (Some(from), None) => Some(t.bulletin_sheet_from(from)),
        (None, Some(until)) => Some(t.bulletin_sheet_until(until)),
        (None, None) => None,
    };
    let is_unapproved = notice.is_some_and(|notice| notice.approved_by.is_none());
    view! {
        <header>
            {is_unapproved.then(|| view! { <p><b>{t.bulletin_sheet_draft()}</b></p> })}
            {weight.map(|word| view! { <p><b>{word}</b></p> })}
            {applies.map(|applies| view! { <p>{applies}</p> })}
        </header>
    }
    .into_any()
}

/// Which languages it is not written in, before it comes out.
fn missing(t: Texts, notice: &Notice) -> Option<AnyView> {
    let is_open = matches!(notice.stage, NoticeStage::Draft | NoticeStage::Approved | NoticeStage::Scheduled);
    let missing = Lang::ALL.into_iter().filter(|lang| is_open && notice.text.title.of(*lang).is_empty());
    let missing: Vec<_> = missing.map(Lang::own_name).collect();
    (!missing.is_empty()).then(|| {
        view! {
            <div class="notice" data-tone="risk">
                {icon("alert")} <div><p>{t.bulletin_missing(missing.join(", "))}</p></div>
            </div>
        }
        .into_any()
    })
}

/// Whom it addresses, who wrote and who approved it, and when it comes out.
fn facts(t: Texts, desk: &NoticeDesk, clock: WallClock) -> Option<AnyView> {
    let file = desk.one.as_ref()?.file.as_ref()?;
    let notice = &file.notice;
    let fact = |label: &'static str, value: String| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let due = notice.publish_at.filter(|_| notice.stage == NoticeStage::Scheduled);
    Some(
        view! {
            {fact(t.bulletin_audience(), audience(t, &desk.buildings, file))}
            {fact(t.bulletin_homes(), file.homes.to_string())}
            {fact(t.bulletin_drafter(), notice.drafter.clone())}
            {notice.approver.clone().map(|name| fact(t.bulletin_approver(), name))}
            {due.map(|at| fact(t.bulletin_due(), clock.at(at).full(t)))}
            {notice.text.expires_at.map(|at| fact(t.bulletin_expires(), clock.at(at).full(t)))}
            {notice.reason.clone().map(|reason| fact(t.bulletin_why(), reason))}
        }
        .into_any(),
    )
}

/// Whom it addresses, in words.
fn audience(t: Texts, buildings: &[BuildingRef], file: &NoticeFile) -> String {
    let audience = &file.notice.text.audience;
    let numbers = |all: &[i32]| all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let names: Vec<_> = buildings.iter().filter(|one| audience.buildings.contains(&one.id)).collect();
    let names = names.into_iter().map(|one| one.names.of(t.lang)).collect::<Vec<_>>().join(", ");
    let uses = audience.uses.iter().map(|kind| use_word(t, *kind)).collect::<Vec<_>>().join(", ");
    let kinds = audience.kinds.iter().map(|kind| occupancy_word(t, *kind)).collect::<Vec<_>>().join(", ");
    let units = file.units.iter().map(|unit| unit.label(t)).collect::<Vec<_>>().join(", ");
    let parts = [
        (audience.buildings.is_empty(), names),
        (audience.floors.is_empty(), t.bulletin_on_floors(numbers(&audience.floors))),
        (audience.stacks.is_empty(), t.bulletin_in_stacks(audience.stacks.join(", "))),
        (audience.units.is_empty(), units),
        (audience.uses.is_empty(), uses),
        (audience.kinds.is_empty(), kinds),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|(is_all, _)| !is_all).map(|(_, part)| part).collect();
    if parts.is_empty() { t.bulletin_everybody().to_owned() } else { parts.join("; ") }
}

/// The moves that are legal now: each its own form.
#[component]
fn Moves(data: RwSignal<NoticeDesk>, clock: WallClock, opened: Opened) -> impl IntoView {
    let t = texts();
    let id = untrack(move || file_of(data, |file| file.notice.id.0)).unwrap_or_default();
    let seen = Signal::derive(move || file_of(data, |file| file.notice.version.to_string()).unwrap_or_default());
    let all = Memo::new(move |_| file_of(data, |file| file.moves.clone()).unwrap_or_default());
    let first = Memo::new(move |_| all.with(|all| all.first().copied()));
    // Each version has forms of its own that write it otherwise or time it: what was read of one overwrites no other.
    let of_version = move || {
        let version = file_of(data, |file| file.notice.version).unwrap_or_default();
        Uuid::from_u128(u128::from(version.unsigned_abs()))
    };
    let moves = Steady::of(move || {
        let is_of_version = |what| matches!(what, NoticeMove::Change | NoticeMove::Schedule);
        let row = |what: &NoticeMove| (if is_of_version(*what) { of_version() } else { id }, *what as u8);
        all.with(|all| all.iter().map(row).collect())
    });
    let form = move |row: Row| {
        let what = all.with_untracked(|all| all.iter().copied().find(|what| *what as u8 == row.1))?;
        let is_first = Signal::derive(move || first.get() == Some(what));
        let is_harsh = what == NoticeMove::Withdraw;
        let seen = if what == NoticeMove::Change { Signal::stored(seen.get_untracked()) } else { seen };
        Some(view! {
            <Move
                to=path(what) opened=opened.clone() id=id.to_string() seen hold=moves.hold(row) looks=move_word(t, what)
                group="moves" is_first is_harsh asks=asks(t, what, data, clock)
            />
        })
    };
    view! {
        <footer class="moves" role="group" aria-label=t.bulletin_moves() hidden=Signal::derive(move || moves.rows().is_empty())>
            <For each=move || moves.rows() key=|row| *row children=form/>
        </footer>
    }
}

/// Where a move is sent.
fn path(what: NoticeMove) -> &'static str {
    match what {
        NoticeMove::Change => ChangeNotice::PATH,
        NoticeMove::Approve => ApproveNotice::PATH,
        NoticeMove::Schedule => ScheduleNotice::PATH,
        NoticeMove::Withdraw => WithdrawNotice::PATH,
    }
}

/// What a move asks, where it asks something.
fn asks(t: Texts, what: NoticeMove, data: RwSignal<NoticeDesk>, clock: WallClock) -> Option<Children> {
    let desk = data.get_untracked();
    let file = desk.one?.file?;
    let ask: Children = match what {
        NoticeMove::Approve => return None,
        NoticeMove::Change => {
            let was = NoticeForm::of(&file.notice, |at| clock.at(at));
            let buildings = desk.buildings;
            Box::new(move || fields(t, &buildings, was))
        }
        NoticeMove::Schedule => {
            let was = file.notice.publish_at.map(|at| clock.at(at));
            let was = was.map(|when| format!("{}T{}", when.day(), when.clock())).unwrap_or_default();
            Box::new(move || {
                view! {
                    <Field
                        name="publish" label=t.bulletin_publish_at() hint=t.bulletin_publish_hint() kind="datetime-local"
                        value=was optional=true
                    />
                }
                .into_any()
            })
        }
        NoticeMove::Withdraw => Box::new(move || {
            view! { <Field name="reason" label=t.bulletin_why() kind="textarea" rows=2 longest=LONGEST_NOTE/> }
                .into_any()
        }),
    };
    Some(ask)
}

/// In how many homes somebody said that they have read it, and in which nobody did: those get it on paper.
#[component]
fn Receipts(data: RwSignal<NoticeDesk>, here: String, more: Option<Uuid>) -> impl IntoView {
    let t = texts();
    let is_out = Memo::new(move |_| file_of(data, |file| file.notice.published_at.is_some()).unwrap_or_default());
    let count = move || file_of(data, |file| t.bulletin_receipts(file.homes, file.read));
    let all = Memo::new(move |_| {
        file_of(data, |file| file.unread.iter().map(|home| home.id).collect::<Vec<_>>()).unwrap_or_default()
    });
    let next = Memo::new(move |_| data.with(|desk| desk.next));
    let line = move |id: UnitId| {
        let home = move || {
            file_of(data, |file| file.unread.iter().find(|home| home.id == id).map(|home| home.label(t))).flatten()
        };
        view! { <li class="row"><span class="body">{changing(home)}</span></li> }.into_any()
    };
    view! {
        <section class="stack noprint" aria-labelledby="receipts" hidden=Signal::derive(move || !is_out.get())>
            <h2 id="receipts">{t.bulletin_receipts_title()}</h2>
            <p role="status">{changing(count)}</p>
            <h3>{t.bulletin_unread_homes()}</h3>
            <ul class="rows"><For each=move || all.get() key=|id| *id children=line/></ul>
            {changing(move || ways(t, &here, more.is_none(), next.get()))}
        </section>
    }
}
