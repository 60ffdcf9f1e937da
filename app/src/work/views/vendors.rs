use super::upkeep_tabs::UpkeepTabs;
use crate::asking::Loading;
use crate::forms::Opened;
use crate::live::Room;
use crate::page::office_page;
use crate::texts::texts;
use crate::ui::{Choice, Field, Hidden, Post, Select, awaited, both, changing, fresh, icon, opened, shown, tel};
use crate::work::{AddVendor, EndVendor, LoadVendors, Vendor, Vendors, mail_link};
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;

/// The firms that repair for the estate.
pub struct VendorsPage {
    vendors: Loading<Vendors>,
    opened: Loading<Opened>,
}

office_page!(VendorsPage in vendors);

impl VendorsPage {
    fn data() -> Self {
        Self { vendors: Loading::new(|| LoadVendors {}), opened: opened() }
    }

    fn view(self) -> AnyView {
        let VendorsPage { vendors, opened } = self;
        view! {
            <Suspense>
                {awaited(move || async move {
                    shown(both(vendors.await, opened.await), |(first, opened)| view! { <List first opened/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn List(
    /// The vendors as they were when the page was loaded.
    first: Vendors,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let may_change = first.may_change;
    let categories = first.categories.clone();
    let data = fresh(first, Room::People, || LoadVendors {});
    let is_empty = Memo::new(move |_| data.with(|data| data.all.is_empty()));
    let trades: Vec<_> = categories.iter().map(|one| Choice::new(one.id.to_string(), one.names.of(t.lang))).collect();
    let forms = opened.clone();
    let row = move |vendor: Vendor| {
        let trade =
            categories.iter().find(|one| Some(one.id) == vendor.trade).map(|one| one.names.of(t.lang).to_owned());
        let phone =
            vendor.phone.clone().map(|phone| view! { <a class="nowrap" href=tel(&phone)>{phone.clone()}</a> " " });
        let mail = vendor.email.clone().map(|mail| view! { <a href=mail_link(&mail, None)>{mail.clone()}</a> });
        let end = may_change.then(|| {
            let id = vendor.id.to_string();
            view! {
                <Post to=EndVendor::PATH opened=forms.clone() about=id.clone() class="plain">
                    <Hidden name="vendor" value=Signal::stored(id)/>
                    <button class="button" data-kind="quiet">{icon("cross")} " " {t.vendor_end()}</button>
                </Post>
            }
        });
        view! {
            <li class="row">
                {icon("building")}
                <div class="body">
                    <span><b>{vendor.name.clone()}</b> " " <span class="hint">{trade}</span></span>
                    <span class="line">{vendor.contact.clone()} " " {phone} {mail}</span>
                </div>
                {end}
            </li>
        }
        .into_any()
    };
    view! {
        <Title text=t.frame_title(t.vendor_title(), t.frame_product())/>
        <UpkeepTabs here="/staff/vendors"/>
        <header class="head"><h1>{t.vendor_title()}</h1> <p class="soft">{t.vendor_hint()}</p></header>
        <div class="who">
            <div class="stack">
                {changing(move || is_empty.get().then(|| view! { <p class="soft">{t.vendor_none()}</p> }))}
                <ul class="rows" hidden=Signal::derive(move || is_empty.get())>
                    <For each=move || data.with(|data| data.all.clone()) key=|vendor| vendor.id children=row/>
                </ul>
            </div>
            {may_change.then(|| view! {
                <section class="card" aria-labelledby="vendor-add">
                    <h2 id="vendor-add">{t.vendor_add()}</h2>
                    <Post to=AddVendor::PATH opened dense=true>
                        <Field name="name" label=t.vendor_name() longest=120/>
                        <Select name="trade" label=t.vendor_trade() choices=trades empty=t.vendor_any() optional=true/>
                        <Field name="contact" label=t.vendor_contact() longest=120 optional=true/>
                        <Field name="phone" label=t.vendor_phone() kind="tel" longest=40 optional=true/>
                        <Field name="email" label=t.vendor_email() kind="email" longest=200 optional=true/>
                        <div class="submit"><button class="button" data-kind="primary">{icon("plus")} " " {t.vendor_add()}</button></div>
                    </Post>
                </section>
            })}
        </div>
    }
}
