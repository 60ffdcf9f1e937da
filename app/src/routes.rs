//! Every page of the three surfaces. Each is a lazy route: nobody downloads another surface's pages, and
//! its data starts loading beside its code. `Async` renders whole pages, which need no script to be read.

use crate::people::{JoinPage, MePage, PeoplePage, SignInPage, TeamPage, UnitPage, WelcomePage};
use crate::requests::{HomePage, MatterPage, QueuePage, ReportPage, RequestsPage, SentPage, TrackPage, WhatPage};
use crate::surfaces::{GalleryPage, KioskPage};
use crate::surfaces::{KioskFrame, NotFoundPage, PublicFrame, ResidentFrame, StaffFrame};
use crate::work::JobsPage;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{Lazy, SsrMode, path};

/// The app: on the server a page, in the browser the same page brought to life.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=|| view! { <NotFoundPage/> }>
                <ParentRoute path=path!("") view=PublicFrame ssr=SsrMode::Async>
                    <Route path=path!("") view={Lazy::<WelcomePage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("sign-in") view={Lazy::<SignInPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("join") view={Lazy::<JoinPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("gallery") view={Lazy::<GalleryPage>::new()} ssr=SsrMode::Async/>
                </ParentRoute>
                <ParentRoute path=path!("") view=ResidentFrame ssr=SsrMode::Async>
                    <Route path=path!("home") view={Lazy::<HomePage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("report") view={Lazy::<WhatPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("report/:problem") view={Lazy::<ReportPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("requests") view={Lazy::<RequestsPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("requests/:code") view={Lazy::<TrackPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("requests/:code/sent") view={Lazy::<SentPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("me") view={Lazy::<MePage>::new()} ssr=SsrMode::Async/>
                </ParentRoute>
                <ParentRoute path=path!("staff") view=StaffFrame ssr=SsrMode::Async>
                    <ParentRoute path=path!("") view={Lazy::<QueuePage>::new()} ssr=SsrMode::Async>
                        <Route path=path!("") view={|| ()} ssr=SsrMode::Async/>
                        <Route path=path!("requests/:code") view={Lazy::<MatterPage>::new()} ssr=SsrMode::Async/>
                    </ParentRoute>
                    <Route path=path!("jobs") view={Lazy::<JobsPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("people") view={Lazy::<PeoplePage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("people/:unit") view={Lazy::<UnitPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("team") view={Lazy::<TeamPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("me") view={Lazy::<MePage>::new()} ssr=SsrMode::Async/>
                </ParentRoute>
                <ParentRoute path=path!("kiosk") view=KioskFrame ssr=SsrMode::Async>
                    <Route path=path!("") view={Lazy::<KioskPage>::new()} ssr=SsrMode::Async/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}
