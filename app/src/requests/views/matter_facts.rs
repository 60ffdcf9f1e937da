use crate::moment::day;
use crate::requests::{Matter, PreferredTime, channel_word, part_word, place_text};
use crate::texts::{Texts, texts};
use crate::ui::{WallClock, changing, tel};
use leptos::prelude::*;

/// What staff need at a glance: where, who, how it came in, when somebody may come, who answers for it.
#[component]
pub fn Facts(
    /// The matter.
    data: RwSignal<Matter>,
    /// The page's clock.
    clock: WallClock,
) -> impl IntoView {
    let t = texts();
    changing(move || data.with(|data| facts(t, data, clock)))
}

fn facts(t: Texts, matter: &Matter, clock: WallClock) -> AnyView {
    let reporter = match &matter.reporter {
        None => t.matter_reporter_none().to_owned().into_any(),
        Some(reporter) => {
            let phone = reporter
                .phone
                .clone()
                .map(|phone| view! { " · " <a class="nowrap" href=tel(&phone)>{phone.clone()}</a> }.into_any());
            view! { {reporter.name.clone()} {phone} }.into_any()
        }
    };
    let came = clock.at(matter.card.received_at).near(t, clock.now());
    let times: Vec<String> = matter.times.iter().map(|time| time_text(t, *time)).collect();
    let times = (!times.is_empty()).then(|| fact(t.matter_times(), times.join(t.matter_times_join())));
    let accountable = matter.accountable.clone().unwrap_or_else(|| t.matter_nobody().to_owned());
    let reopened = matter.request.reopened_times;
    let reopened = (reopened > 0).then(|| fact(t.matter_reopened(), t.matter_reopened_times(reopened)));
    let rating = matter.rating.map(|rating| {
        let words = t.matter_rating_axes(rating.attitude, rating.conduct, rating.result, rating.speed);
        fact(t.matter_rating(), words)
    });
    view! {
        <dl class="facts">
            {fact(t.matter_where(), place_text(t, &matter.card.place))}
            <div><dt>{t.matter_reporter()}</dt><dd>{reporter}</dd></div>
            {fact(t.matter_came(), t.matter_came_at(channel_word(t, matter.request.channel), came))}
            {times}
            {fact(t.matter_accountable(), accountable)}
            {reopened}
            {rating}
        </dl>
    }
    .into_any()
}

fn fact(name: &'static str, value: String) -> AnyView {
    view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}

fn time_text(t: Texts, time: PreferredTime) -> String {
    t.matter_time(day(t, time.on), part_word(t, time.part))
}
