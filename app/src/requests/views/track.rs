use super::line::{Headline, about_text, ticket};
use super::timeline::Timeline;
use super::verdict::Verdict;
use crate::asking::Loading;
use crate::forms::Opened;
use crate::live::Room;
use crate::moment::day;
use crate::page::lazy_page;
use crate::photos::{PhotoGrid, PhotoPicker};
use crate::requests::words::{Side, part_word, place_text};
use crate::requests::{Cancel, Comment, LONGEST_REASON, LONGEST_WORDS, LoadTrack, ResidentMove, Stage, Track};
use crate::texts::texts;
use crate::ui::{
    Field, Fold, Hidden, Post, Row, Steady, WallClock, awaited, both, changing, fresh, icon, opened, param, shown,
    ticking,
};
use crate::work::WindowsPart;
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;
use uuid::Uuid;

/// One matter as its resident sees it: the promise, what they can do, and everything that happened.
pub struct TrackPage {
    track: Loading<Track>,
    opened: Loading<Opened>,
}

lazy_page!(TrackPage in track);

impl TrackPage {
    fn data() -> Self {
        let code = param("code");
        Self { track: Loading::new(move || LoadTrack { code: code.get() }), opened: opened() }
    }

    fn view(self) -> AnyView {
        view! {
            <Suspense>
                {awaited(move || async move {
                    shown(both(self.track.await, self.opened.await), |(track, opened)| view! { <Page track opened/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Page(track: Track, opened: Opened) -> impl IntoView {
    let t = texts();
    let title = t.track_title(&track.card.code, about_text(t, &track.card));
    let (code, estate) = (track.card.code.clone(), track.estate);
    let data = fresh(track, Room::Requests, move || LoadTrack { code: code.clone() });
    let clock = ticking(move || data.with(|track| track.wall.clone()));
    let moves = Steady::of(move || data.with(|track| track.moves.iter().map(|what| row(*what)).collect()));
    let entries = Signal::derive(move || data.with(|track| track.timeline.clone()));
    let request = data.with_untracked(|track| track.card.id);
    let windows = Memo::new(move |_| data.with(|track| track.windows.clone()));
    let declined = move || {
        data.with(|track| match &track.card.line.stage {
            Stage::Declined { reason } => Some(t.track_declined(reason)),
            _ => None,
        })
    };
    view! {
        <Title text=t.frame_title(title, t.frame_product())/>
        <a class="back" href="/requests">{icon("arrow-left")} " " {t.requests_title()}</a>
        {changing(move || data.with(|track| ticket(t, &track.card, clock, Side::Resident, Headline::Page)))}
        {changing(move || declined().map(|words| view! {
            <div class="notice" data-tone="broken">{icon("cross")} <div><p>{words}</p></div></div>
        }))}
        <WindowsPart request windows clock opened=opened.clone()/>
        <Verdict data moves opened=opened.clone()/>
        <Reported data clock/>
        <section aria-labelledby="timeline">
            <h2 id="timeline">{t.timeline_title()}</h2>
            <Timeline entries estate clock side=Side::Resident/>
        </section>
        <Say data moves opened=opened.clone()/>
        <Withdraw data moves opened/>
    }
}

/// What a move is among the reader's.
pub(super) fn row(what: ResidentMove) -> Row {
    (Uuid::nil(), what as u8)
}

/// Whether the reader may do something now, or is about to; changes only when the answer does.
pub(super) fn may(moves: Steady, what: ResidentMove) -> Memo<bool> {
    Memo::new(move |_| moves.shows(row(what)))
}

/// What was reported, in full.
#[component]
fn Reported(data: RwSignal<Track>, clock: WallClock) -> impl IntoView {
    let t = texts();
    let estate = data.with_untracked(|track| track.estate);
    let photos = Signal::derive(move || data.with(|track| track.photos.clone()));
    let place = move || data.with(|track| place_text(t, &track.card.place));
    let received = clock.at(data.with_untracked(|track| track.card.received_at));
    let times = Memo::new(move |_| {
        data.with(|track| {
            let times = track.times.iter().map(|time| t.report_time(day(t, time.on), part_word(t, time.part)));
            times.collect::<Vec<_>>().join(" · ")
        })
    });
    view! {
        <section class="card" aria-labelledby="reported">
            <h2 id="reported">{t.track_report()}</h2>
            <p>{changing(move || data.with(|track| track.words.clone()))}</p>
            <PhotoGrid estate photos/>
            <dl class="facts" data-as="rows">
                <div>
                    <dt>{t.track_where()}</dt>
                    <dd>{changing(place)}</dd>
                </div>
                <div>
                    <dt>{t.track_received()}</dt>
                    <dd>
                        <time datetime=received.machine() title=received.full(t)>
                            {changing(move || received.near(t, clock.now()))}
                        </time>
                    </dd>
                </div>
                {changing(move || times.with(|times| !times.is_empty()).then(|| view! {
                    <div>
                        <dt>{t.report_times()}</dt>
                        <dd>{times.get()}</dd>
                    </div>
                }))}
            </dl>
        </section>
    }
}

/// A word to whoever holds it.
#[component]
fn Say(data: RwSignal<Track>, moves: Steady, opened: Opened) -> impl IntoView {
    let t = texts();
    let (id, estate) = data.with_untracked(|track| (track.card.id.to_string(), track.estate));
    let may = may(moves, ResidentMove::Comment);
    changing(move || {
        let (id, opened) = (id.clone(), opened.clone());
        may.get().then(|| {
            let hold = moves.hold(row(ResidentMove::Comment));
            view! {
                <section aria-label=t.track_comment()>
                    <Post to=Comment::PATH opened about=id.clone() hold with_files=true dense=true>
                        <Hidden name="id" value=id/>
                        <Field name="words" label=t.track_say() kind="textarea" longest=LONGEST_WORDS/>
                        <PhotoPicker estate/>
                        <div class="submit">
                            <button class="button">{icon("send")} " " {t.track_send()}</button>
                        </div>
                    </Post>
                </section>
            }
        })
    })
}

/// It is no longer needed.
#[component]
fn Withdraw(data: RwSignal<Track>, moves: Steady, opened: Opened) -> impl IntoView {
    let t = texts();
    let (id, code) = data.with_untracked(|track| (track.card.id.to_string(), track.card.code.clone()));
    let seen = Signal::derive(move || data.with(|track| track.version.to_string()));
    let may = may(moves, ResidentMove::Cancel);
    changing(move || {
        let (id, code, opened) = (id.clone(), code.clone(), opened.clone());
        may.get().then(|| {
            let hold = moves.hold(row(ResidentMove::Cancel));
            view! {
                <Fold hold>
                    <summary class="button" data-kind="quiet">{t.track_cancel()}</summary>
                    <Post to=Cancel::PATH opened about=id.clone() seen hold dense=true>
                        <Hidden name="id" value=id/>
                        <Field name="reason" label=t.track_cancel_why() optional=true longest=LONGEST_REASON/>
                        <div class="submit">
                            <button class="button" data-kind="danger">{t.track_cancel_go(code)}</button>
                        </div>
                    </Post>
                </Fold>
            }
        })
    })
}
