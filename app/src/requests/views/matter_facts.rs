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
    let place = data.with_untracked(|data| place_text(t, &data.card.place));
    let reporter = Memo::new(move |_| data.with(|data| data.reporter.clone()));
    let came = move || {
        data.with(|data| {
            let received = clock.at(data.card.received_at);
            t.matter_came_at(channel_word(t, data.request.channel), received.near(t, clock.now()))
        })
    };
    let times = data.with_untracked(|data| data.times.iter().map(|time| time_text(t, *time)).collect::<Vec<_>>());
    let accountable = Memo::new(move |_| data.with(|data| data.accountable.clone()));
    let reopened = Memo::new(move |_| data.with(|data| data.request.reopened_times));
    let rating = move || {
        data.with(|data| data.rating).map(|rating| {
            let words = t.matter_rating_axes(rating.attitude, rating.conduct, rating.result, rating.speed);
            fact(t.matter_rating(), words)
        })
    };
    view! {
        <dl class="facts">
            {fact(t.matter_where(), place)}
            <div>
                <dt>{t.matter_reporter()}</dt>
                <dd>
                    {changing(move || {
                        reporter
                            .get()
                            .map_or_else(
                                || t.matter_reporter_none().to_owned().into_any(),
                                |reporter| {
                                    let phone = reporter
                                        .phone
                                        .map(|phone| {
                                            view! {
                                                " · "
                                                <a class="nowrap" href=tel(&phone)>{phone.clone()}</a>
                                            }
                                        });
                                    view! { {reporter.name} {phone} }.into_any()
                                },
                            )
                    })}
                </dd>
            </div>
            <div><dt>{t.matter_came()}</dt><dd>{changing(came)}</dd></div>
            {(!times.is_empty()).then(|| fact(t.matter_times(), times.join(t.matter_times_join())))}
            <div>
                <dt>{t.matter_accountable()}</dt>
                <dd>{changing(move || accountable.get().unwrap_or_else(|| t.matter_nobody().to_owned()))}</dd>
            </div>
            {changing(move || (reopened.get() > 0).then(|| fact(t.matter_reopened(), t.matter_reopened_times(reopened.get()))))}
            {changing(rating)}
        </dl>
    }
}

fn fact(name: &'static str, value: String) -> impl IntoView {
    view! { <div><dt>{name}</dt><dd>{value}</dd></div> }
}

fn time_text(t: Texts, time: PreferredTime) -> String {
    t.matter_time(day(t, time.on), part_word(t, time.part))
}
