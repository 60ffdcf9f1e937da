use super::list_export::Exports;
use super::list_send::SendOut;
use super::list_words::filter_words;
use super::queue_filter::Filter;
use crate::asking::{Loading, read};
use crate::forms::Opened;
use crate::live::Room;
use crate::page::office_page;
use crate::requests::words::{place_text, stage_icon, stage_word};
use crate::requests::{Card, Listing, LoadListing, SentOut, Version};
use crate::texts::{Texts, texts};
use crate::ui::{WallClock, awaited, both, changing, fault_text, icon, opened, shown, ticking, watch};
use leptos::ev::Event;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The queue as a sheet: to print, to export, and to send several matters out at once.
pub struct ListPage {
    filter: Memo<Filter>,
    listing: Loading<Listing>,
    opened: Loading<Opened>,
}

office_page!(ListPage in list);

impl ListPage {
    fn data() -> Self {
        let query = use_query_map();
        let filter = Memo::new(move |_| query.with(Filter::of));
        Self { filter, listing: Loading::new(move || filter.with(question)), opened: opened() }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let Self { filter, listing, opened } = self;
        view! {
            <Title text=t.frame_title(t.list_title(), t.frame_product())/>
            <Transition>
                {awaited(move || {
                    let asked = filter.get();
                    async move {
                        shown(both(listing.await, opened.await), |(listing, opened)| view! { <Sheet filter=asked listing opened/> })
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

fn question(filter: &Filter) -> LoadListing {
    let words = Some(filter.words.clone()).filter(|words| !words.is_empty());
    let view = Some(filter.view.tag().to_owned());
    LoadListing { view, words, after: filter.after, sieve: filter.sieve.parts() }
}

#[component]
fn Sheet(
    /// What the address asks for.
    filter: Filter,
    /// A page of it.
    listing: Listing,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let kept = opened.kept.as_ref().filter(|kept| kept.form == "requests/dispatch_many");
    let sent =
        RwSignal::new(kept.and_then(|kept| kept.reply.as_deref()).and_then(read::<Vec<SentOut>>).unwrap_or_default());
    let heading = filter_words(t, &filter, &listing.names);
    let (teams, hands, total) = (listing.teams.clone(), listing.hands.clone(), listing.total);
    let may_send = !teams.is_empty();
    let again = filter.clone();
    // Nothing moves under a finger, and nothing that was ticked goes by itself: what changed waits for a word. What the
    // reader has sent out is that word.
    let (listing, latest) = (RwSignal::new(listing), RwSignal::new(None::<Listing>));
    let is_awaited = StoredValue::new(false);
    watch(
        Room::Requests,
        move || question(&again),
        move |next: Listing| {
            if listing.with_untracked(|shown| shown.rows == next.rows) {
                latest.set(None);
            } else if is_awaited.get_value() {
                is_awaited.set_value(false);
                latest.set(None);
                listing.set(next);
            } else {
                latest.set(Some(next));
            }
        },
    );
    let on_sent = Callback::new(move |what: Vec<SentOut>| {
        if what.iter().any(|one| one.fault.is_none()) {
            is_awaited.set_value(true);
        }
        sent.set(what);
    });
    let pull = move |_| {
        if let Some(next) = latest.get_untracked() {
            latest.set(None);
            listing.set(next);
        }
    };
    let news = move || {
        let count = latest.with(|latest| {
            let next = latest.as_ref()?;
            let is_new = |(card, _): &&(Card, Version)| {
                listing.with_untracked(|shown| shown.rows.iter().all(|(other, _)| other.id != card.id))
            };
            Some(next.rows.iter().filter(is_new).count())
        });
        count.map(|count| {
            let words = if count == 0 { t.list_again().to_owned() } else { t.queue_fresh(count) };
            let symbol = if count == 0 { "retry" } else { "plus" };
            view! {
                <button class="button fresh" data-kind="primary" type="button" on:click=pull>{icon(symbol)} " " {words}</button>
            }
        })
    };
    let is_first = filter.after.is_none();
    let part = move || {
        let words = listing.with(|listing| part_words(t, listing, is_first));
        words.map(|words| view! { <p class="hint">{words}</p> })
    };
    let clock = ticking(move || listing.with(|listing| listing.wall.clone()));
    let first = Filter { after: None, ..filter.clone() };
    let (back, narrow) = (first.link("/staff"), first.link("/staff/filter"));
    let address = first.link("");
    let more = move || {
        let next = listing.with(|listing| listing.next);
        next.map(|after| {
            let link = Filter { after: Some(after), ..filter.clone() }.link("/staff/list");
            view! { <p class="noprint"><a class="button" data-kind="quiet" data-wide href=link>{t.queue_more()}</a></p> }
        })
    };
    let table = move || view! { <Table listing clock may_send/> };
    view! {
        <a class="back" href=back>{icon("arrow-left")} " " {t.narrow_back()}</a>
        <header class="listing">
            <h1>{t.list_title()}</h1>
            <p>{heading}</p>
            <p class="hint">{changing(move || t.list_as_of(listing.with(|listing| listing.wall.now().full(t))))}</p>
            {changing(part)}
            <div class="buttons">
                <span aria-live="polite">{changing(news)}</span>
                <a class="button" data-kind="quiet" href=narrow>{icon("filter")} " " {t.queue_narrow()}</a>
                <Exports address total/>
            </div>
        </header>
        {changing(move || results(t, &sent.get()))}
        {if may_send {
            view! { <SendOut opened teams hands on_sent>{table()}</SendOut> }.into_any()
        } else {
            table().into_any()
        }}
        {changing(more)}
    }
}

/// That this is not all of it, on paper too; nothing where it is.
fn part_words(t: Texts, listing: &Listing, is_first: bool) -> Option<String> {
    let shown = listing.rows.len();
    match listing.total {
        _ if is_first && listing.next.is_none() => None,
        Some(total) => Some(t.list_part_of(shown, total)),
        None => Some(t.list_part(shown)),
    }
}

/// What became of each matter that was sent out.
fn results(t: Texts, sent: &[SentOut]) -> Option<AnyView> {
    if sent.is_empty() {
        return None;
    }
    let went = sent.iter().filter(|one| one.fault.is_none()).count();
    let row = |one: &SentOut| {
        let code = one.code.clone().unwrap_or_else(|| t.list_unknown().to_owned());
        let (symbol, word) = match &one.fault {
            None => ("check", t.list_went().to_owned()),
            Some(fault) => ("cross-circle", fault_text(t, fault)),
        };
        view! { <li>{icon(symbol)} " " <span class="code">{code}</span> " " {word}</li> }
    };
    let rows = sent.iter().map(row).collect_view();
    Some(
        view! {
            <section class="card noprint" id="reply" role="status" tabindex="-1" aria-labelledby="list-sent">
                <h2 id="list-sent">{t.list_sent(sent.len(), went)}</h2>
                <ul>{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

#[component]
fn Table(
    /// The rows.
    listing: RwSignal<Listing>,
    /// The page's clock.
    clock: WallClock,
    /// Whether rows can be chosen.
    may_send: bool,
) -> impl IntoView {
    let t = texts();
    let row = move |(card, version): (Card, Version)| {
        let choose = may_send.then(|| {
            let tick = card.line.stage.takes_orders().then(|| {
                let label = t.list_choose(&card.code);
                view! {
                    <label class="choice">
                        <input type="checkbox" name="chosen[]" value=format!("{}:{version}", card.id) aria-label=label/>
                    </label>
                }
            });
            view! { <td class="noprint">{tick}</td> }
        });
        let due = card.line.promise.map(|promise| clock.at(promise.due_at).full(t));
        let line = listing.with_untracked(|listing| listing.register.iter().find(|line| line.id == card.id).cloned());
        let appointed = line.as_ref().and_then(|line| Some((line.from?, line.until?)));
        let appointed = appointed.map(|(from, until)| t.hap_span(clock.at(from).full(t), clock.at(until).clock()));
        let client = line.and_then(|line| line.client);
        let (name, phone) = (client.as_ref().map(|client| client.name.clone()), client.and_then(|client| client.phone));
        view! {
            <tr>
                {choose}
                <th scope="row"><a href=format!("/staff/requests/{}", card.code)>{card.code.clone()}</a></th>
                <td class="nowrap">{icon(stage_icon(&card.line.stage))} " " {stage_word(t, &card.line.stage)}</td>
                <td><strong>{card.item.of(t.lang).to_owned()}</strong> <br/> {card.words.clone()}</td>
                <td>{place_text(t, &card.place)}</td>
                <td>{name} <br/> <span class="nowrap">{phone}</span></td>
                <td>{card.line.holder.department.names.of(t.lang).to_owned()} <br/> {card.line.holder.person.clone()}</td>
                <td>{clock.at(card.received_at).full(t)}</td>
                <td>{appointed}</td>
                <td>{due}</td>
            </tr>
        }
    };
    // Of one box that ticks all the others there is nothing where no scripts run.
    let is_live = RwSignal::new(false);
    Effect::new(move |_| is_live.set(true));
    let all = move || {
        let tick = |event: Event| tick_all(&event_target(&event));
        is_live.get().then(|| {
            view! {
                <label class="choice"><input type="checkbox" on:change=tick aria-label=t.list_choose_all()/></label>
            }
        })
    };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=t.list_title()>
            <table class="table">
                <thead>
                    <tr>
                        {may_send.then(|| view! { <td class="noprint">{changing(all)}</td> })}
                        <th scope="col">{t.sheet_code()}</th>
                        <th scope="col">{t.facet_state()}</th>
                        <th scope="col">{t.facet_problem()}</th>
                        <th scope="col">{t.sheet_place()}</th>
                        <th scope="col">{t.list_col_client()}</th>
                        <th scope="col">{t.facet_person()}</th>
                        <th scope="col">{t.sheet_received()}</th>
                        <th scope="col">{t.list_col_appointed()}</th>
                        <th scope="col">{t.sheet_due()}</th>
                    </tr>
                </thead>
                <tbody>
                    <For
                        each=move || listing.with(|listing| listing.rows.clone())
                        key=|(card, version)| (card.id, *version)
                        children=row
                    />
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Ticks what can be chosen in the table in which a box stands, or nothing of it.
fn tick_all(all: &HtmlInputElement) {
    let Ok(Some(table)) = all.closest("table") else { return };
    let Ok(boxes) = table.query_selector_all("[name='chosen[]']") else { return };
    let boxes = (0..boxes.length()).filter_map(|at| boxes.get(at)?.dyn_into::<HtmlInputElement>().ok());
    boxes.for_each(|one| one.set_checked(all.checked()));
}
