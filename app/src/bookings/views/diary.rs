use super::super::api::LoadDiary;
use super::super::model::{Bookable, Diary, DiarySpan, Entry};
use super::super::words::times_text;
use super::parts::{place_or_what, stage_chip};
use crate::asking::Loading;
use crate::calendar::FeedCard;
use crate::forms::Opened;
use crate::ids::{AccountId, BookingId, FacilityId, UnitId};
use crate::live::Room;
use crate::moment::day;
use crate::page::office_page;
use crate::texts::{Texts, texts};
use crate::ui::{WallClock, awaited, both, changing, fresh, icon, opened, print_button, shown, ticking};
use chrono::{Days, Duration, NaiveDate};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The office's diary: who comes today, facility by facility, or in a week, day by day; of all, of one facility, of a household or
/// of a person; to read, to act on and to print.
pub struct DiaryPage {
    asked: Memo<Asked>,
    diary: Loading<Diary>,
    opened: Loading<Opened>,
}

office_page!(DiaryPage in diary);

/// What the address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    day: Option<String>,
    span: Option<DiarySpan>,
    facility: Option<String>,
    home: Option<UnitId>,
    person: Option<AccountId>,
}

impl Asked {
    fn question(&self) -> LoadDiary {
        let Self { day, span, facility, home, person } = self.clone();
        LoadDiary { day, facility, home, person, span }
    }

    /// The same of another day, or of the week around it.
    fn on(&self, day: NaiveDate) -> Self {
        Self { day: Some(day.to_string()), ..self.clone() }
    }

    fn link(&self) -> String {
        let parts = [
            self.facility.as_ref().map(|slug| format!("facility={slug}")),
            self.home.map(|home| format!("home={home}")),
            self.person.map(|person| format!("person={person}")),
            self.span.map(|span| format!("span={}", span.tag())),
            self.day.as_ref().map(|day| format!("day={day}")),
        ];
        format!("/staff/bookings?{}", parts.into_iter().flatten().collect::<Vec<_>>().join("&"))
    }
}

impl DiaryPage {
    fn data() -> Self {
        let query = use_query_map();
        let asked = Memo::new(move |_| {
            query.with(|query| Asked {
                day: query.get("day"),
                span: query.get_str("span").and_then(DiarySpan::from_tag),
                facility: query.get("facility").filter(|slug| !slug.is_empty()),
                home: query.get_str("home").and_then(|id| id.parse().ok()),
                person: query.get_str("person").and_then(|id| id.parse().ok()),
            })
        });
        Self { asked, diary: Loading::new(move || asked.with(Asked::question)), opened: opened() }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let Self { asked, diary, opened } = self;
        view! {
            <Title text=t.frame_title(t.diary_title(), t.frame_product())/>
            <header>
                <h1>{t.diary_title()}</h1>
                <p class="soft noprint">{t.diary_lead()}</p>
            </header>
            <Transition>
                {awaited(move || {
                    let asked = asked.get();
                    async move {
                        shown(both(diary.await, opened.await), |(first, opened)| view! { <Days first asked opened/> })
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Days(
    /// The diary as it was when the page was loaded.
    first: Diary,
    /// What the address asks for.
    asked: Asked,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let (days, today, chosen, facilities) = (first.days.clone(), first.today, first.chosen, first.facilities.clone());
    let begin = days.first().copied().unwrap_or(today);
    // What is shown, though the day may turn while it is.
    let here = asked.on(first.on);
    let again = here.clone();
    let (home, person) = (first.home.clone(), first.person.clone());
    let data = fresh(first, Room::Bookings, move || again.question());
    let clock = ticking(move || data.with(|diary| diary.wall.clone()));
    let waiting = Memo::new(move |_| data.with(|diary| ids(&diary.waiting)));
    let is_waiting = Memo::new(move |_| waiting.with(|waiting| !waiting.is_empty()));
    let answer = move |id: BookingId| {
        let entry = move || data.with(|diary| diary.waiting.iter().find(|entry| entry.card.booking.id == id).cloned());
        view! { <li>{changing(move || entry().map(|entry| row(t, &entry, clock, true)))}</li> }.into_any()
    };
    let tab = |facility: Option<&str>, name: String| {
        let is_of_somebody = home.is_some() || person.is_some();
        let current = (!is_of_somebody && facility == here.facility.as_deref()).then_some("true");
        let on = if days.contains(&today) { today } else { begin };
        let to = Asked { facility: facility.map(str::to_owned), home: None, person: None, ..here.on(on) };
        view! { <a href=to.link() aria-current=current>{name}</a> }
    };
    let all = tab(None, t.diary_all().to_owned());
    let each = facilities.iter().map(|facility| tab(Some(&facility.slug), facility.names.of(t.lang).to_owned()));
    let each = each.collect_view();
    let shown = if days.len() > 1 { DiarySpan::Week } else { DiarySpan::Day };
    let spans = DiarySpan::ALL.map(|span| {
        let to = Asked { span: Some(span), ..here.clone() };
        let word = match span {
            DiarySpan::Day => t.diary_day(),
            DiarySpan::Week => t.diary_whole_week(),
        };
        view! { <a href=to.link() aria-current=(span == shown).then_some("true")>{word}</a> }
    });
    // A day stands facility by facility, a week day by day.
    let groups = if shown == DiarySpan::Week {
        let group = |on: &NaiveDate| group(t, day(t, *on), Of::Day(*on), data, clock, chosen.is_none());
        days.iter().map(group).collect_view()
    } else {
        let group =
            |one: &Bookable| group(t, one.names.of(t.lang).to_owned(), Of::Facility(one.id), data, clock, false);
        facilities.iter().map(group).collect_view()
    };
    let whose = home.as_ref().map(|home| {
        view! {
            <p class="notice">
                {icon("home")}
                <span>{t.diary_of_home()} " " <a href=format!("/staff/people/{}", home.id)>{home.label(t)}</a></span>
            </p>
        }
    });
    let who = person.as_ref().map(|person| {
        view! { <p class="notice">{icon("person")} <span>{t.diary_of_person(person)}</span></p> }
    });
    // On paper there are no tabs that say which.
    let of = facilities.iter().find(|facility| chosen == Some(facility.id));
    let of = of.map(|facility| facility.names.of(t.lang).to_owned());
    let is_cut = Memo::new(move |_| data.with(|diary| diary.is_cut));
    let is_calm = Memo::new(move |_| data.with(|diary| diary.entries.is_empty()));
    view! {
        <section class="stack noprint" aria-labelledby="waiting" hidden=Signal::derive(move || !is_waiting.get())>
            <h2 id="waiting">{t.diary_waiting()}</h2>
            <ul class="rows"><For each=move || waiting.get() key=|id| *id children=answer/></ul>
        </section>
        <nav class="tabs" aria-label=t.diary_which()>{all}{each}</nav>
        <nav class="tabs" aria-label=t.diary_spans()>{spans.into_iter().collect_view()}</nav>
        <div class="buttons noprint">
            {print_button(t.print())}
            <a class="button" href="/staff/people">{icon("plus")} " " {t.diary_book_for()}</a>
            {here.facility.clone().map(|slug| view! {
                <a class="button" href=format!("/staff/facilities/{slug}")>{icon("lock")} " " {t.care_link()}</a>
            })}
        </div>
        {whose}
        {who}
        <Turns here begin count=days.len() today of/>
        {changing(move || is_calm.get().then(|| view! {
            <div class="empty">{icon("calendar")}<h2>{t.diary_none()}</h2><p>{t.diary_none_hint()}</p></div>
        }))}
        // Above them, since of a day each facility may lack its last.
        {changing(move || is_cut.get().then(|| view! { <p class="notice">{icon("alert")} <span>{t.diary_cut()}</span></p> }))}
        {groups}
        {chosen.map(|facility| view! {
            <FeedCard since=Signal::derive(move || data.with(|diary| diary.feed_at)) clock opened facility/>
        })}
    }
}

/// The day or week that is shown, of which facility, and the ways to those around it.
#[component]
fn Turns(here: Asked, begin: NaiveDate, count: usize, today: NaiveDate, of: Option<String>) -> impl IntoView {
    let t = texts();
    let ahead = Days::new(count as u64);
    let turn = |on: Option<NaiveDate>, name: &'static str, word: &'static str| {
        on.map(|on| view! { <a class="button" href=here.on(on).link()>{icon(name)} " " {word}</a> })
    };
    let last = begin.checked_add_days(ahead).and_then(|after| after.pred_opt()).unwrap_or(begin);
    let shown = if count == 1 { day(t, begin) } else { t.diary_week(day(t, begin), day(t, last)) };
    let shown = of.into_iter().chain([shown]).collect::<Vec<_>>().join(" · ");
    let (before, after) =
        if count == 1 { (t.diary_day_before(), t.diary_day_after()) } else { (t.week_before(), t.week_after()) };
    view! {
        <div class="head">
            <h2>{shown}</h2>
            <div class="buttons">
                {turn(begin.checked_sub_days(ahead), "arrow-left", before)}
                <a class="button" href=here.on(today).link()>{t.diary_today()}</a>
                {turn(begin.checked_add_days(ahead), "arrow-right", after)}
            </div>
        </div>
    }
}

fn ids<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Vec<BookingId> {
    entries.into_iter().map(|entry| entry.card.booking.id).collect()
}

/// What a list is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Facility(FacilityId),
    Day(NaiveDate),
}

/// Who comes: of a facility, or on a day; what lasts longer, a stay, stands on each of its days. A facility that nobody has is
/// left out.
fn group(t: Texts, name: String, of: Of, data: RwSignal<Diary>, clock: WallClock, with_facility: bool) -> AnyView {
    let belongs = move |entry: &Entry| match of {
        Of::Facility(id) => entry.card.booking.facility == id,
        Of::Day(on) => {
            let (from, until) = (entry.card.booking.starts_at, entry.card.booking.ends_at - Duration::seconds(1));
            (clock.at(from).day()..=clock.at(until).day()).contains(&on)
        }
    };
    let own = Memo::new(move |_| data.with(|diary| ids(diary.entries.iter().filter(|entry| belongs(entry)))));
    let is_any = Memo::new(move |_| own.with(|own| !own.is_empty()));
    let line = move |id: BookingId| {
        let entry = move || data.with(|diary| diary.entries.iter().find(|entry| entry.card.booking.id == id).cloned());
        view! { <li>{changing(move || entry().map(|entry| row(t, &entry, clock, with_facility)))}</li> }.into_any()
    };
    view! {
        <section class="stack" hidden=Signal::derive(move || !is_any.get())>
            <h3>{name}</h3>
            <ul class="rows">
                <For each=move || own.get() key=|id| *id children=line/>
            </ul>
        </section>
    }
    .into_any()
}

/// A booking as the office reads it: when and where, for whom, how many.
fn row(t: Texts, entry: &Entry, clock: WallClock, with_facility: bool) -> AnyView {
    let booking = &entry.card.booking;
    let times = times_text(t, clock.at(booking.starts_at), clock.at(booking.ends_at));
    let who = t.diary_who(entry.home.label(t), &entry.person);
    view! {
        <a class="row" href=format!("/staff/bookings/{}", booking.code)>
            {icon(&entry.card.icon)}
            <span class="body">
                <b>{times}</b>
                <span>{place_or_what(t, &entry.card, with_facility)} " · " {who}</span>
                <span class="hint">{t.diary_heads(booking.heads)} " · " <span class="code">{booking.code.clone()}</span></span>
            </span>
            {stage_chip(t, booking.stage)}
        </a>
    }
    .into_any()
}
