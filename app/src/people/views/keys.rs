use crate::asking::{Loading, Reply, read};
use crate::forms::Opened;
use crate::ids::ApiKeyId;
use crate::live::Room;
use crate::moment::day;
use crate::page::office_page;
use crate::people::{ApiKey, IssuedKey, Keys, LoadKeys, MakeKey, RevokeKey};
use crate::texts::texts;
use crate::ui::{Field, Hidden, Post, awaited, both, changing, fresh, icon, opened, shown};
use leptos::html;
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;

/// Where programs ask.
const ADDRESS: &str = "/open311/v2/";
/// Where they read how.
const DOCUMENT: &str = "/api/openapi.json";

/// Where the site manager lets other programs in, and shuts them out.
pub struct KeysPage {
    keys: Loading<Keys>,
    opened: Loading<Opened>,
}

office_page!(KeysPage in keys);

impl KeysPage {
    fn data() -> Self {
        Self { keys: Loading::new(|| LoadKeys {}), opened: opened() }
    }

    fn view(self) -> AnyView {
        let KeysPage { keys, opened } = self;
        let t = texts();
        view! {
            <Title text=t.frame_title(t.keys_title(), t.frame_product())/>
            <header><h1>{t.keys_title()}</h1></header>
            <Suspense>
                {awaited(move || async move {
                    shown(both(keys.await, opened.await), |(first, opened)| view! { <Ring first opened/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Ring(
    /// The keys as they were when the page was loaded.
    first: Keys,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let jurisdiction = first.jurisdiction.clone();
    let data = fresh(first, Room::People, || LoadKeys {});
    // Without scripts the answer comes with the next page; with them it is set when it comes.
    let kept = opened.kept.as_ref().filter(|kept| kept.form == "people/make_key");
    let issued = RwSignal::new(kept.and_then(|kept| kept.reply.as_deref()).and_then(read::<IssuedKey>));
    let show = Callback::new(move |reply: Reply| issued.set(reply.open().ok()));
    let none = Memo::new(move |_| data.with(|data| data.keys.is_empty()));
    let forms = opened.clone();
    let row = move |key: ApiKey| view! { <Row key data opened=forms.clone()/> };
    view! {
        <div class="who">
            <section class="stack" aria-labelledby="keys">
                <h2 id="keys">{t.keys_list()}</h2>
                <p class="soft" hidden=Signal::derive(move || !none.get())>{t.keys_none()}</p>
                <ul class="rows">
                    <For
                        each=move || data.with(|data| data.keys.clone())
                        key=|key| (key.id, key.used_at, key.revoked_at)
                        children=row
                    />
                </ul>
            </section>
            <div class="stack" data-gap="l">
                <IssuedCard issued/>
                <section class="card" aria-labelledby="make-key">
                    <h2 id="make-key">{t.keys_make()}</h2>
                    <Post to=MakeKey::PATH opened on_done=show>
                        <Hidden name="shows_reply" value=Signal::stored("true".to_owned())/>
                        <Field name="name" label=t.keys_name() hint=t.keys_name_hint() longest=80 autocomplete="off"/>
                        <div class="submit">
                            <button class="button" data-kind="primary">{icon("key")} " " {t.keys_make_button()}</button>
                        </div>
                    </Post>
                </section>
                <section class="stack">
                    <p>{t.keys_lead()}</p>
                    <p class="soft">{t.keys_sees()}</p>
                    <dl class="facts" data-as="rows">
                        <div><dt>{t.keys_address()}</dt><dd><code>{ADDRESS}</code></dd></div>
                        <div><dt>{t.keys_jurisdiction()}</dt><dd><code>{jurisdiction}</code></dd></div>
                        <div>
                            <dt>{t.keys_document()}</dt>
                            <dd><a href=DOCUMENT rel="external">{DOCUMENT}</a></dd>
                        </div>
                    </dl>
                </section>
            </div>
        </div>
    }
}

/// A key just made: the only time that its secret is seen.
#[component]
fn IssuedCard(
    /// What was made.
    issued: RwSignal<Option<IssuedKey>>,
) -> impl IntoView {
    let t = texts();
    let title = NodeRef::<html::H2>::new();
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
        issued.get().filter(|issued| !issued.secret.is_empty()).map(|issued| {
            view! {
                <section class="card" id="reply" aria-labelledby="issued-key">
                    <h2 id="issued-key" tabindex="-1" node_ref=title>{t.keys_issued(&issued.name)}</h2>
                    <p class="soft">{t.keys_issued_once()}</p>
                    <p><code class="secret">{issued.secret}</code></p>
                </section>
            }
            .into_any()
        })
    })
}

#[component]
fn Row(
    /// Which key.
    key: ApiKey,
    /// All of them.
    data: RwSignal<Keys>,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let on = |at| data.with_untracked(|data| day(t, data.wall.at(at).day()));
    let made = t.keys_made(on(key.made_at), &key.made_by);
    let (mark, word, last) = match (key.revoked_at, key.used_at) {
        (Some(at), _) => ("cross", t.keys_shut(), t.keys_revoked(on(at))),
        (None, Some(at)) => ("check", t.keys_open(), t.keys_used(on(at))),
        (None, None) => ("check", t.keys_open(), t.keys_unused().to_owned()),
    };
    let revoke = key.revoked_at.is_none().then(|| view! { <Revoke id=key.id name=key.name.clone() opened/> });
    view! {
        <li class="row">
            {icon("key")}
            <div class="body">
                <span>{key.name} " " <span class="chip">{icon(mark)} " " {word}</span></span>
                <span class="soft"><code>{key.prefix} "…"</code> " · " {made} " · " {last}</span>
                {revoke}
            </div>
        </li>
    }
    .into_any()
}

/// The form that shuts a program out, folded away: it cannot be undone.
#[component]
fn Revoke(
    /// Which key.
    id: ApiKeyId,
    /// Whose.
    name: String,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let id = id.to_string();
    let is_open = opened.kept.as_ref().is_some_and(|kept| kept.fields.get("id") == Some(id.as_str()));
    view! {
        <details name="key" open=is_open>
            <summary class="button" data-kind="quiet">{icon("door")} " " {t.keys_revoke()}</summary>
            <div class="stack">
                <p class="soft">{t.keys_revoke_more()}</p>
                <Post to=RevokeKey::PATH opened about=id.clone()>
                    <Hidden name="id" value=Signal::stored(id)/>
                    <button class="button" data-kind="danger">{icon("cross")} " " {t.keys_revoke_button(&name)}</button>
                </Post>
            </div>
        </details>
    }
}
