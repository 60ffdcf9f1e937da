//! Every page of the three surfaces. Each is a lazy route: nobody downloads another surface's pages, and
//! its data starts loading beside its code. `Async` renders whole pages, which need no script to be read.

use crate::bookings::{
    BookForPage, BookPage, BookingPage, DiaryPage, EntryPage, FacilityPage, FindPage, WaitPage, WeekPage,
};
use crate::desk::{ContactsPage, DeskPage, WallPage};
use crate::followups::FollowUpsPage;
use crate::incidents::{IncidentPage, IncidentsPage};
use crate::insights::{DashboardPage, LogPage, RowsPage};
use crate::messages::{InboxPage, OfficeInboxPage};
use crate::offline::UnsentPage;
use crate::people::{ConductPage, JoinPage, KeysPage, MePage, PeoplePage, SignInPage, TeamPage, UnitPage, WelcomePage};
use crate::policy::{EditPolicyPage, PolicyPage, PreviewPolicyPage};
use crate::requests::{
    ClocksPage, ClosingPage, FilterPage, HomePage, ListPage, MatterPage, QueuePage, ReportPage, RequestsPage, SentPage,
    TrackPage, WhatPage,
};
use crate::surfaces::{GalleryPage, KioskFrame, KioskPage, NotFoundPage, PublicFrame, ResidentFrame, StaffFrame};
use crate::work::{
    DispatchPage, HandPage, JobsPage, NoticePage, OrderPage, OrphansPage, RectificationsPage, SchedulesPage,
    VendorsPage,
};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};

/// The app: on the server a page, in the browser the same page brought to life.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=|| view! { <NotFoundPage/> }>
                <ParentRoute path=path!("") view={PublicFrame::route()} ssr=SsrMode::Async>
                    <Route path=path!("") view={WelcomePage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("sign-in") view={SignInPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("join") view={JoinPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("gallery") view={GalleryPage::route()} ssr=SsrMode::Async/>
                </ParentRoute>
                <ParentRoute path=path!("") view={ResidentFrame::route()} ssr=SsrMode::Async>
                    <Route path=path!("home") view={HomePage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("report") view={WhatPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("report/:problem") view={ReportPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("book") view={BookPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("book/find") view={FindPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("book/:facility") view={WeekPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("book/:facility/wait") view={WaitPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("bookings/:code") view={BookingPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("requests") view={RequestsPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("requests/:code") view={TrackPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("requests/:code/sent") view={SentPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("inbox") view={InboxPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("me") view={MePage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("unsent") view={UnsentPage::route()} ssr=SsrMode::Async/>
                </ParentRoute>
                <ParentRoute path=path!("staff") view={StaffFrame::route()} ssr=SsrMode::Async>
                    <ParentRoute path=path!("") view={QueuePage::route()} ssr=SsrMode::Async>
                        <Route path=path!("") view={|| ()} ssr=SsrMode::Async/>
                        <Route path=path!("filter") view={FilterPage::route()} ssr=SsrMode::Async/>
                        <Route path=path!("requests/:code") view={MatterPage::route()} ssr=SsrMode::Async/>
                        <Route path=path!("requests/:code/clocks") view={ClocksPage::route()} ssr=SsrMode::Async/>
                        <Route path=path!("requests/:code/closing") view={ClosingPage::route()} ssr=SsrMode::Async/>
                        <Route path=path!("requests/:code/dispatch") view={DispatchPage::route()} ssr=SsrMode::Async/>
                    </ParentRoute>
                    <Route path=path!("wall") view={WallPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("desk") view={DeskPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("contacts") view={ContactsPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("bookings") view={DiaryPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("bookings/:code") view={EntryPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("facilities/:facility") view={FacilityPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("followups") view={FollowUpsPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("inbox") view={OfficeInboxPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("incidents") view={IncidentsPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("incidents/:id") view={IncidentPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("insights") view={DashboardPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("insights/rows") view={RowsPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("list") view={ListPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("log") view={LogPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("jobs") view={JobsPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("orders/:order") view={OrderPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("orders/:order/notice") view={NoticePage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("orphans") view={OrphansPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("rectifications") view={RectificationsPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("unsent") view={UnsentPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("upkeep") view={SchedulesPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("vendors") view={VendorsPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("people") view={PeoplePage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("people/:unit") view={UnitPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("people/:unit/book") view={BookForPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("people/:unit/book/:facility") view={BookForPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("policy") view={PolicyPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("policy/edit/:section") view={EditPolicyPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("policy/preview") view={PreviewPolicyPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("team") view={TeamPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("team/:staff") view={HandPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("team/:staff/conduct") view={ConductPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("keys") view={KeysPage::route()} ssr=SsrMode::Async/>
                    <Route path=path!("me") view={MePage::route()} ssr=SsrMode::Async/>
                </ParentRoute>
                <ParentRoute path=path!("kiosk") view={KioskFrame::route()} ssr=SsrMode::Async>
                    <Route path=path!("") view={KioskPage::route()} ssr=SsrMode::Async/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}
