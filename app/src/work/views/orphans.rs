use super::upkeep_tabs::UpkeepTabs;
use crate::asking::Loading;
use crate::forms::Opened;
use crate::ids::OrderId;
use crate::live::Room;
use crate::page::office_page;
use crate::requests::place_text;
use crate::texts::texts;
use crate::ui::{
    Field, Fold, Hidden, Post, Steady, WallClock, awaited, both, changing, fresh, icon, opened, shown, ticking,
};
use crate::work::{ContactOrphan, LoadOrphans, Orphans};
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;

/// Matters whose holder left: somebody is in touch with each resident in time, and says so here.
pub struct OrphansPage {
    orphans: Loading<Orphans>,
    opened: Loading<Opened>,
}

office_page!(OrphansPage in orphans);

impl OrphansPage {
    fn data() -> Self {
        Self { orphans: Loading::new(|| LoadOrphans {}), opened: opened() }
    }

    fn view(self) -> AnyView {
        let OrphansPage { orphans, opened } = self;
        view! {
            <Suspense>
                {awaited(move || async move {
                    shown(both(orphans.await, opened.await), |(first, opened)| view! { <List first opened/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn List(
    /// The list as it was when the page was loaded.
    first: Orphans,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let data = fresh(first, Room::Requests, || LoadOrphans {});
    let clock: WallClock = ticking(move || data.with(|data| data.wall.clone()));
    let rows = Steady::of(move || data.with(|data| data.all.iter().map(|orphan| (orphan.card.id.0, 0)).collect()));
    let row = move |of: crate::ui::Row| {
        let found = data.with_untracked(|data| data.all.iter().find(|orphan| orphan.card.id.0 == of.0).cloned());
        found.map(|orphan| {
            let id = orphan.card.id.to_string();
            let (hold, opened) = (rows.hold(of), opened.clone());
            let (due, left) = (orphan.contact_by, t.orphan_left(&orphan.holder, &orphan.left));
            let is_late = move || (clock.now().moment() > due).then_some("broken");
            let link = format!("/staff/requests/{}", orphan.card.code);
            // Where it is handed on: taken back, or gone on with.
            let orders = Memo::new(move |_| {
                data.with(|data| {
                    let found = data.all.iter().find(|orphan| orphan.card.id.0 == of.0);
                    found.map(|orphan| orphan.orders.clone()).unwrap_or_default()
                })
            });
            let order = move |id: OrderId| {
                let link = format!("/staff/orders/{id}");
                view! { <a class="button" data-kind="quiet" href=link>{icon("wrench")} " " {t.sheet_open()}</a> }.into_any()
            };
            let orders = move || orders.get().into_iter().map(order).collect_view();
            view! {
                <li class="row">
                    {icon("person")}
                    <div class="body">
                        <span>
                            <a href=link>{orphan.card.item.of(t.lang).to_owned()} " " <span class="code">{orphan.card.code.clone()}</span></a>
                        </span>
                        <span class="hint">{place_text(t, &orphan.card.place)} " · " {left}</span>
                        <span class="clock" data-clock=Signal::derive(is_late)>
                            {icon("clock")} " " {changing(move || t.orphan_by(clock.near(t, due)))}
                        </span>
                        {changing(orders)}
                        <Fold hold>
                            <summary class="button" data-kind="quiet">{icon("phone")} " " {t.orphan_contacted()}</summary>
                            <Post to=ContactOrphan::PATH opened about=id.clone() hold dense=true>
                                <Hidden name="id" value=Signal::stored(id)/>
                                <Field name="words" label=t.orphan_words() kind="textarea" rows=2 longest=500/>
                                <div class="submit"><button class="button" data-kind="primary">{icon("check")} " " {t.orphan_contacted()}</button></div>
                            </Post>
                        </Fold>
                    </div>
                </li>
            }
            .into_any()
        })
    };
    let is_empty = Memo::new(move |_| rows.rows().is_empty());
    view! {
        <Title text=t.frame_title(t.orphan_title(), t.frame_product())/>
        <UpkeepTabs here="/staff/orphans"/>
        <header class="head"><h1>{t.orphan_title()}</h1> <p class="soft">{t.orphan_hint()}</p></header>
        {changing(move || is_empty.get().then(|| view! {
            <div class="empty">{icon("check-circle")} <h2>{t.orphan_none()}</h2></div>
        }))}
        <ul class="rows" hidden=Signal::derive(move || is_empty.get())>
            <For each=move || rows.rows() key=|row| *row children=row/>
        </ul>
    }
}
