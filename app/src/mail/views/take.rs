use super::super::api::{TakeInMail, TakeMessage};
use super::super::model::MailKind;
use super::super::rules::{LONGEST_NAME, LONGEST_NUMBER, LONGEST_PLACE};
use super::super::words::mail_kind_word;
use crate::desk::Caller;
use crate::forms::Opened;
use crate::people::Colleague;
use crate::requests::{Channel, LONGEST_WORDS, channel_word};
use crate::texts::{Texts, texts};
use crate::ui::{Checkbox, Choice, Field, Fold, Post, Row, Select, Steady, icon};
use leptos::prelude::*;
use server_fn::ServerFn;
use uuid::Uuid;

/// By which ways words come to a desk.
const CHANNELS: [Channel; 4] = [Channel::Phone, Channel::WalkIn, Channel::Letter, Channel::Email];

/// Somebody leaves something: first for whom, then a message or an item.
#[component]
pub(super) fn Take(found: Vec<Caller>, colleagues: Vec<Colleague>, words: String, opened: Opened) -> impl IntoView {
    let t = texts();
    let rows: [Row; 2] = [(Uuid::nil(), 1), (Uuid::nil(), 2)];
    let steady = Steady::of(move || rows.to_vec());
    let (message, item) = (steady.hold(rows[0]), steady.hold(rows[1]));
    let is_none = found.is_empty() && !words.is_empty();
    let homes: Vec<Choice> = found.iter().map(|caller| home(t, caller)).collect();
    let first = homes.first().map(|choice| choice.value.clone()).unwrap_or_default();
    let people = colleagues
        .iter()
        .map(|one| Choice::new(format!("person:{}", one.id), t.desk_hand(&one.name, one.department.names.of(t.lang))));
    let office = vec![(t.mail_who_colleagues().to_owned(), people.collect::<Vec<_>>())];
    let channels = CHANNELS.map(|channel| Choice::new(channel.tag(), channel_word(t, channel))).to_vec();
    let kinds = MailKind::SIGNED.map(|kind| Choice::new(kind.tag(), mail_kind_word(t, kind))).to_vec();
    let (two, whose) = (opened.clone(), homes.clone());
    let value = first.clone();
    view! {
        <form class="search noprint" role="search" method="get" action="/staff/mail">
            {icon("search")}
            <label class="sr" for="mail-words">{t.mail_find()}</label>
            <input class="input" id="mail-words" type="search" name="q" placeholder=t.mail_find() value=words aria-keyshortcuts="/"/>
            <button class="button">{t.mail_find_do()}</button>
        </form>
        {is_none.then(|| view! { <p class="soft" role="status">{t.mail_found_none()}</p> })}
        <div class="moves taking" role="group" aria-label=t.mail_takes()>
            <Fold hold=item group="take">
                <summary class="button" data-kind="primary">{icon("inbox")} " " {t.mail_take_in()}</summary>
                <Post to=TakeInMail::PATH opened hold=item dense=true>
                    <Select name="who" label=t.mail_who() choices=whose empty=t.mail_who_choose() value=value/>
                    <p class="hint">{t.mail_who_hint()}</p>
                    <Select name="kind" label=t.mail_kind() choices=kinds/>
                    <Field name="carrier" label=t.mail_carrier() longest=LONGEST_PLACE/>
                    <Field name="number" label=t.mail_number() hint=t.mail_number_hint() longest=LONGEST_NUMBER optional=true autocomplete="off"/>
                    <Field name="place" label=t.mail_place() longest=LONGEST_PLACE/>
                    <Field name="addressee" label=t.mail_addressee() longest=LONGEST_NAME optional=true autocomplete="off"/>
                    <div class="submit">
                        <button class="button" data-kind="primary">{icon("check")} " " {t.mail_take_in()}</button>
                    </div>
                </Post>
            </Fold>
            <Fold hold=message group="take">
                <summary class="button">{icon("chat")} " " {t.mail_take_message()}</summary>
                <Post to=TakeMessage::PATH opened=two hold=message dense=true>
                    <Select name="who" label=t.mail_who() choices=homes groups=office empty=t.mail_who_choose() value=first/>
                    <Select name="channel" label=t.mail_channel() choices=channels/>
                    <Field name="caller" label=t.mail_caller() longest=LONGEST_NAME autocomplete="off"/>
                    <Field name="phone" label=t.mail_phone() kind="tel" longest=40 optional=true autocomplete="off"/>
                    <Field name="words" label=t.mail_words() kind="textarea" longest=LONGEST_WORDS/>
                    <Field name="call_by" label=t.mail_call_by() kind="datetime-local" optional=true/>
                    <Checkbox name="urgent" label=t.mail_urgent()/>
                    <Checkbox name="read_back" label=t.mail_read_back()/>
                    <div class="submit">
                        <button class="button" data-kind="primary">{icon("send")} " " {t.mail_take_message()}</button>
                    </div>
                </Post>
            </Fold>
        </div>
    }
}

/// Whom something may be for: a household, or somebody there.
fn home(t: Texts, caller: &Caller) -> Choice {
    let home = caller.unit.label(t);
    let label = match &caller.name {
        Some(name) => t.diary_who(home, name),
        None => home,
    };
    Choice::new(caller.value(), label)
}
