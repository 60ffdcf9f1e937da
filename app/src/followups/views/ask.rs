use super::over::matter;
use crate::followups::{
    End, FollowUpMeans, FollowUps, GiveUpFollowUp, RecordFollowUp, TRIES, ToAsk, TryFollowUp, TryMade,
    follow_up_means_icon, follow_up_means_word,
};
use crate::forms::Opened;
use crate::requests::{LONGEST_REASON, LONGEST_WORDS, Reporter, place_text};
use crate::texts::{Texts, texts};
use crate::ui::{Choice, Field, Fold, Hidden, Hold, Post, Radios, WallClock, changing, icon, tel};
use leptos::prelude::*;
use server_fn::ServerFn;

/// Somebody who is to be asked: about what, whom to call, what was tried, and the forms of what came of it.
#[component]
pub(super) fn Ask(
    /// As it was when it came.
    first: ToAsk,
    /// All of the page.
    data: RwSignal<FollowUps>,
    /// What keeps it while somebody is at it.
    hold: Hold,
    /// The page's clock.
    clock: WallClock,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let id = first.id;
    let head = matter(t, first.is_seen, &first.card);
    let ended = clock.at(first.ended_at).full(t);
    let ended = match first.end {
        End::Confirmed => t.follow_confirmed(ended),
        End::Unconfirmed => t.follow_unconfirmed(ended),
    };
    let symbol = icon(&first.card.icon);
    let place = place_text(t, &first.card.place);
    let words = first.card.words.clone();
    let about = format!("{} · {ended}", first.department.of(t.lang));
    let whom = first.reporter.clone().map(|reporter| whom(&reporter));
    // One that has left the list, and is in somebody's hands, stays as it was.
    let now = Memo::new(move |before: Option<&ToAsk>| {
        let found = data.with(|data| data.open.iter().find(|one| one.id == id).cloned());
        found.or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
    });
    let may_ask = data.with_untracked(|data| data.may_ask);
    let is_barred = Memo::new(move |_| now.with(|one| one.had_a_hand));
    let is_tried = Memo::new(move |_| now.with(|one| one.tries.len() >= TRIES));
    let seen = Signal::derive(move || now.with(|one| one.version.to_string()));
    let tries = move || now.with(|one| one.tries.iter().map(|made| try_line(t, made, clock)).collect_view());
    let (forms, other) = (opened.clone(), opened);
    view! {
        <li class="row">
            {symbol}
            <div class="body">
                <span class="line">{head} " " <span>{place}</span></span>
                <span class="hint">{words}</span>
                <span class="hint">{about}</span>
                {whom}
                {changing(tries)}
                {changing(move || {
                    let opened = forms.clone();
                    may_ask.then(move || {
                        if is_barred.get() {
                            view! { <span class="line soft">{icon("lock")} " " {t.follow_barred()}</span> }.into_any()
                        } else {
                            view! { <Forms id=id.to_string() seen hold opened/> }.into_any()
                        }
                    })
                })}
                {changing(move || {
                    let (opened, id) = (other.clone(), id.to_string());
                    (may_ask && is_tried.get() && !is_barred.get()).then(move || view! {
                        <Post to=GiveUpFollowUp::PATH opened about=id.clone() seen class="plain">
                            <Hidden name="id" value=Signal::stored(id)/>
                            <button class="button" data-kind="quiet">{icon("cross")} " " {t.follow_give_up()}</button>
                        </Post>
                    })
                })}
            </div>
        </li>
    }
}

/// Whom to ask, and by which number.
fn whom(reporter: &Reporter) -> AnyView {
    let phone = reporter.phone.clone().map(|phone| {
        view! { " " <a class="button" href=tel(&phone)>{icon("phone")} " " {phone.clone()}</a> }.into_any()
    });
    view! { <span class="line"><span>{reporter.name.clone()}</span> {phone}</span> }.into_any()
}

/// A try in vain.
fn try_line(t: Texts, made: &TryMade, clock: WallClock) -> AnyView {
    let when = clock.at(made.at);
    let note = made.note.clone().map(|note| view! { " · " {note} });
    view! {
        <span class="line hint">
            {icon(follow_up_means_icon(made.means))} " " {t.follow_tried(&made.by)} " "
            <time datetime=when.machine()>{when.full(t)}</time>
            {note}
        </span>
    }
    .into_any()
}

/// The two forms: they said something, or they were not reached.
#[component]
fn Forms(
    /// The follow-up.
    id: String,
    /// The version on which it is answered.
    seen: Signal<String>,
    /// What keeps them while they are unfolded.
    hold: Hold,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let means = FollowUpMeans::ALL
        .map(|means| Choice::new(means.tag(), follow_up_means_word(t, means)).with_icon(follow_up_means_icon(means)));
    let answers = [("yes", t.follow_yes()), ("no", t.follow_no())].map(|(value, word)| Choice::new(value, word));
    let (again, other) = (means.to_vec(), opened.clone());
    let (one, two) = (Signal::stored(id.clone()), Signal::stored(id.clone()));
    view! {
        <Fold hold>
            <summary class="button" data-kind="quiet">{icon("pen")} " " {t.follow_write()}</summary>
            <div class="pair">
                <Post to=RecordFollowUp::PATH opened about=id.clone() seen hold dense=true>
                    <h3>{t.follow_spoke()}</h3>
                    <Hidden name="id" value=one/>
                    <Radios name="means" label=t.follow_means() choices=means.to_vec() value="phone"/>
                    <Radios name="satisfied" label=t.follow_satisfied() choices=answers.to_vec()/>
                    <Field
                        name="words" label=t.follow_words() hint=t.follow_words_hint() kind="textarea" rows=2
                        longest=LONGEST_WORDS optional=true
                    />
                    <div class="submit">
                        <button class="button" data-kind="primary">{icon("check")} " " {t.follow_record()}</button>
                    </div>
                </Post>
                <Post to=TryFollowUp::PATH opened=other about=id hold dense=true>
                    <h3>{t.follow_missed()}</h3>
                    <Hidden name="id" value=two/>
                    <Radios name="means" label=t.follow_means() choices=again value="phone"/>
                    <Field name="note" label=t.follow_note() kind="textarea" rows=2 longest=LONGEST_REASON optional=true/>
                    <div class="submit"><button class="button">{icon("pause")} " " {t.follow_log()}</button></div>
                </Post>
            </div>
        </Fold>
    }
}
