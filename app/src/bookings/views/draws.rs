use super::super::draws::{AnnounceDraw, CallOffDraw, DrawNow, LoadDraws};
use super::super::model::{Draw, DrawStage, DrawsFile};
use super::super::rules::LONGEST_NOTE;
use super::super::words::{draw_text, times_text};
use crate::asking::Loading;
use crate::forms::Opened;
use crate::ids::{DrawId, FacilityId};
use crate::live::Room;
use crate::moment::Moment;
use crate::page::office_page;
use crate::policy::weekday_word;
use crate::texts::{Texts, texts};
use crate::ui::{
    Choice, Choices, Field, Hidden, Move, Post, Row, Steady, WallClock, awaited, both, changing, fresh, icon, opened,
    param, shown, ticking,
};
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;

/// The draws of a facility, as the office holds them: it announces one, has it drawn, or calls it off.
pub struct DrawsPage {
    file: Loading<DrawsFile>,
    opened: Loading<Opened>,
}

office_page!(DrawsPage in draws);

impl DrawsPage {
    fn data() -> Self {
        let slug = param("facility");
        Self { file: Loading::new(move || LoadDraws { slug: slug.get() }), opened: opened() }
    }

    fn view(self) -> AnyView {
        view! {
            <Suspense>
                {awaited(move || async move {
                    shown(both(self.file.await, self.opened.await), |(file, opened)| view! { <Sheet file opened/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Sheet(file: DrawsFile, opened: Opened) -> impl IntoView {
    let t = texts();
    let facility = file.facility.clone();
    let (name, slug) = (facility.names.of(t.lang).to_owned(), facility.slug.clone());
    let title = t.draw_title(&name);
    let data = fresh(file, Room::Bookings, move || LoadDraws { slug: slug.clone() });
    let clock = ticking(move || data.with(|file| file.wall.clone()));
    let all = Memo::new(move |_| data.with(|file| file.draws.iter().map(|draw| draw.id).collect::<Vec<_>>()));
    let forms = opened.clone();
    let card = move |id: DrawId| {
        let first = data.with_untracked(|file| file.draws.iter().find(|draw| draw.id == id).cloned());
        first.map(|first| view! { <Held first data clock opened=forms.clone()/> })
    };
    view! {
        <Title text=t.frame_title(&title, t.frame_product())/>
        <a class="back" href=format!("/staff/facilities/{}", facility.slug)>{icon("arrow-left")} " " {name}</a>
        <header>
            <h1>{icon(&facility.icon)} " " {title}</h1>
            <p class="soft">{t.draws_lead()}</p>
        </header>
        {announce(t, facility.id, opened)}
        {changing(move || all.with(Vec::is_empty).then(|| view! { <p class="soft">{t.draws_none()}</p> }))}
        <For each=move || all.get() key=|id| *id children=card/>
    }
}

fn announce(t: Texts, facility: FacilityId, opened: Opened) -> AnyView {
    let days = (1..=7_usize).map(|day| Choice::new(day.to_string(), weekday_word(t, day - 1))).collect();
    let weekend = vec!["6".to_owned(), "7".to_owned()];
    view! {
        <section class="card stack" aria-labelledby="announce">
            <h2 id="announce">{t.draws_announce()}</h2>
            <Post to=AnnounceDraw::PATH opened>
                <Hidden name="facility" value=facility.to_string()/>
                <div class="pair">
                    <Field name="first_on" label=t.draws_first_on() kind="date"/>
                    <Field name="last_on" label=t.draws_last_on() kind="date"/>
                </div>
                <Choices name="weekdays" label=t.draws_weekdays() choices=days chosen=weekend/>
                <div class="pair">
                    <Field name="from" label=t.care_from() kind="time"/>
                    <Field name="until" label=t.care_until() kind="time"/>
                </div>
                <div class="pair">
                    <Field name="opens" label=t.draws_opens() kind="datetime-local" optional=true hint=t.draws_opens_hint()/>
                    <Field name="closes" label=t.draws_closes() kind="datetime-local" hint=t.draws_closes_hint()/>
                </div>
                <div class="submit"><button class="button" data-kind="primary">{icon("lot")} " " {t.draws_announce()}</button></div>
            </Post>
        </section>
    }
    .into_any()
}

/// The moves of a draw, by their numbers in its list.
const DRAW: u8 = 0;
const CALL_OFF: u8 = 1;

fn moves_of(draw: &Draw, at: Moment) -> Vec<Row> {
    let is_ahead = matches!(draw.stage, DrawStage::Announced | DrawStage::Open);
    let all = [(DRAW, draw.is_closed(at)), (CALL_OFF, is_ahead)];
    all.into_iter().filter_map(|(what, may)| may.then_some((draw.id.0, what))).collect()
}

/// One of them.
#[component]
fn Held(first: Draw, data: RwSignal<DrawsFile>, clock: WallClock, opened: Opened) -> impl IntoView {
    let t = texts();
    let id = first.id;
    let heading = format!("draw-{id}");
    let label = heading.clone();
    let closes = clock.at(first.closes_at).full(t);
    let times = first.windows.iter().map(|window| {
        view! { <li>{times_text(t, clock.at(window.starts_at), clock.at(window.ends_at))}</li> }
    });
    let times = times.collect_view();
    let draw = Memo::new(move |_| {
        data.with(|file| file.draws.iter().find(|draw| draw.id == id).cloned()).unwrap_or_else(|| first.clone())
    });
    let seen = Signal::derive(move || draw.with(|draw| draw.version.to_string()));
    let moves = Steady::of(move || {
        let now = clock.now().moment();
        draw.with(|draw| moves_of(draw, now))
    });
    let form = move |row: Row| {
        let is_harsh = row.1 == CALL_OFF;
        let (to, looks) = match is_harsh {
            true => (CallOffDraw::PATH, ("alert", t.entry_call_off())),
            false => (DrawNow::PATH, ("lot", t.draws_now())),
        };
        let asks = is_harsh.then(|| -> Children { Box::new(move || reason(t)) });
        let is_first = Signal::stored(!is_harsh);
        view! {
            <Move
                to opened=opened.clone() id=id.to_string() seen hold=moves.hold(row) looks group="moves" is_first is_harsh
                asks
            />
        }
    };
    view! {
        <article class="card booking" aria-labelledby=label>
            <header>
                <h2 id=heading>{t.draws_one(closes)}</h2>
                <span class="soft">{changing(move || t.draw_count(draw.with(|draw| draw.lots)))}</span>
            </header>
            <p role="status">{changing(move || draw.with(|draw| draw_text(t, draw, clock)))}</p>
            <ul class="plain">{times}</ul>
            <div class="buttons">
                <a class="button" href=format!("/draws/{id}.json") rel="external">{icon("list")} " " {t.draw_record()}</a>
            </div>
            <footer class="moves" role="group" aria-label=t.draws_moves() hidden=Signal::derive(move || moves.rows().is_empty())>
                <For each=move || moves.rows() key=|row| *row children=form/>
            </footer>
        </article>
    }
}

fn reason(t: Texts) -> AnyView {
    view! { <Field name="reason" label=t.entry_why() kind="textarea" rows=2 longest=LONGEST_NOTE/> }.into_any()
}
