use super::api::{MakeFacilityFeed, MakeFeed, RevokeFacilityFeed, RevokeFeed};
use super::model::IssuedFeed;
use crate::asking::{Reply, read};
use crate::forms::Opened;
use crate::ids::FacilityId;
use crate::moment::{Moment, day};
use crate::texts::{Texts, texts};
use crate::ui::{Hidden, Post, WallClock, changing, icon};
use leptos::html;
use leptos::prelude::*;
use server_fn::ServerFn;

/// The way of one booking into its person's calendar: a file, without any script.
pub fn add_to_calendar(t: Texts, code: &str) -> AnyView {
    file_link(t, format!("/bookings/{code}/calendar.ics"))
}

/// The same for an activity for which its reader has signed up.
pub fn add_activity_to_calendar(t: Texts, code: &str) -> AnyView {
    file_link(t, format!("/activities/{code}/calendar.ics"))
}

fn file_link(t: Texts, href: String) -> AnyView {
    view! {
        <a class="button" data-kind="quiet" href=href download rel="external">{icon("calendar")} " " {t.calendar_add()}</a>
    }
    .into_any()
}

/// Makes the private address behind which a calendar program follows the reader's own bookings, or a facility's; replaces it,
/// and takes it back.
#[component]
pub fn FeedCard(
    /// Since when there is one.
    since: Signal<Option<Moment>>,
    /// The page's clock.
    clock: WallClock,
    /// The page's forms.
    opened: Opened,
    /// Whose; by default the reader's own bookings.
    #[prop(optional)]
    facility: Option<FacilityId>,
) -> impl IntoView {
    let t = texts();
    let (make, revoke, title, lead) = match facility {
        None => (MakeFeed::PATH, RevokeFeed::PATH, t.calendar_title(), t.calendar_lead()),
        Some(_) => {
            (MakeFacilityFeed::PATH, RevokeFacilityFeed::PATH, t.calendar_facility_title(), t.calendar_facility_lead())
        }
    };
    // Without scripts the answer comes with the next page; with them it is set when it comes.
    let kept = opened.kept.as_ref().filter(|kept| make.trim_start_matches("/api/") == kept.form);
    let issued = RwSignal::new(kept.and_then(|kept| kept.reply.as_deref()).and_then(read::<IssuedFeed>));
    let show = Callback::new(move |reply: Reply| issued.set(reply.open().ok()));
    let forget = Callback::new(move |_: Reply| issued.set(None));
    let is_there = Memo::new(move |_| since.get().is_some());
    let state = move || since.get().map(|at| t.calendar_since(day(t, clock.at(at).day())));
    let word = move || if is_there.get() { t.calendar_make_new() } else { t.calendar_make() };
    let about = facility.map(|id| id.to_string()).unwrap_or_default();
    let field = move || facility.map(|id| view! { <Hidden name="facility" value=id.to_string()/> });
    let (again, forms) = (about.clone(), opened.clone());
    view! {
        <section class="card noprint" aria-labelledby="feed">
            <h2 id="feed">{title}</h2>
            <p class="soft">{lead}</p>
            <div role="status">{changing(move || state().map(|state| view! { <p>{icon("check")} " " {state}</p> }))}</div>
            <IssuedAddress issued/>
            <Post to=make opened about on_done=show>
                <Hidden name="shows_reply" value=Signal::stored("true".to_owned())/>
                {field()}
                <button class="button">{icon("calendar")} " " {changing(word)}</button>
            </Post>
            {changing(move || is_there.get().then(|| view! {
                <Post to=revoke opened=forms.clone() about=again.clone() on_done=forget>
                    {field()}
                    <button class="button" data-kind="quiet">{icon("cross")} " " {t.calendar_revoke()}</button>
                </Post>
            }))}
        </section>
    }
}

/// An address just made: the only time that it is seen.
#[component]
fn IssuedAddress(
    /// What was made.
    issued: RwSignal<Option<IssuedFeed>>,
) -> impl IntoView {
    let t = texts();
    let title = NodeRef::<html::H3>::new();
    Effect::new(move |before: Option<bool>| {
        let is_there = issued.with(Option::is_some);
        if before.is_some() && is_there {
            request_animation_frame(move || {
                if let Some(title) = title.get_untracked() {
                    let _ = title.focus();
                }
            });
        }
        is_there
    });
    changing(move || {
        issued.get().filter(|issued| !issued.address.is_empty()).map(|issued| {
            view! {
                <section id="reply" aria-labelledby="feed-address">
                    <h3 id="feed-address" tabindex="-1" node_ref=title>{t.calendar_address()}</h3>
                    <p class="soft">{t.calendar_address_once()}</p>
                    <p><code class="secret">{issued.address}</code></p>
                </section>
            }
            .into_any()
        })
    })
}
