//! Every page of the three surfaces. Each is a lazy route: nobody downloads another surface's pages, and
//! its data starts loading beside its code. `Async` renders whole pages, which need no script to be read.

use crate::activities::{ActivitiesPage, ActivityDeskPage};
use crate::bookings::{
    BookForPage, BookPage, BookingPage, DiaryPage, DrawPage, DrawsPage, EntryPage, FacilityPage, FindPage, TermsPage,
    WaitPage, WeekPage,
};
use crate::concierge::{
    ServiceBookPage, ServiceDeskPage, ServiceEntryPage, ServiceForPage, ServiceOrderPage, ServicePage, ShelfPage,
};
use crate::desk::{ContactsPage, DeskPage, WallPage};
use crate::followups::FollowUpsPage;
use crate::incidents::{IncidentPage, IncidentsPage};
use crate::insights::{DashboardPage, LogPage, RowsPage};
use crate::lobby::{CheckPage, ProblemsPage, ReportHerePage, StatePage};
use crate::mail::{MailDeskPage, OwnMailPage};
use crate::messages::{InboxPage, OfficeInboxPage};
use crate::notices::{NoticeDeskPage, NoticesPage, PostedPage};
use crate::offline::UnsentPage;
use crate::people::{ConductPage, JoinPage, KeysPage, MePage, PeoplePage, SignInPage, TeamPage, UnitPage, WelcomePage};
use crate::policy::{EditPolicyPage, PolicyPage, PreviewPolicyPage};
use crate::requests::{
    ClocksPage, ClosingPage, FilterPage, HomePage, ListPage, MatterPage, QueuePage, ReportPage, RequestsPage, SentPage,
    TrackPage, WhatPage,
};
use crate::screens::{KioskPage, ScreensPage};
use crate::surfaces::{GalleryPage, KioskFrame, NotFoundPage, PublicFrame, ResidentFrame, StaffFrame};
use crate::visitors::{DoorPage, OwnVisitPage, RingPage, VisitorBookPage};
use crate::work::{
    DispatchPage, HandPage, JobsPage, NoticePage, OrderPage, OrphansPage, RectificationsPage, SchedulesPage,
    VendorsPage,
};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{PossibleRouteMatch, SsrMode, path};
use std::sync::Arc;

/// A path whose type does not tell its form: one routing code for all of them, where each form would bring its own into
/// what every browser loads first.
macro_rules! at {
    ($path:tt) => {
        Arc::new(path!($path)) as Arc<dyn PossibleRouteMatch + Send + Sync>
    };
}

/// The app: on the server a page, in the browser the same page brought to life.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=|| view! { <NotFoundPage/> }>
                <ParentRoute path=at!("") view={PublicFrame::route()} ssr=SsrMode::Async>
                    <Route path=at!("") view={WelcomePage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("sign-in") view={SignInPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("join") view={JoinPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("track") view={StatePage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("gallery") view={GalleryPage::route()} ssr=SsrMode::Async/>
                </ParentRoute>
                <ParentRoute path=at!("") view={ResidentFrame::route()} ssr=SsrMode::Async>
                    <Route path=at!("home") view={HomePage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("report") view={WhatPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("report/:problem") view={ReportPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("book") view={BookPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("book/find") view={FindPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("book/:facility") view={WeekPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("book/:facility/draw") view={DrawPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("book/:facility/wait") view={WaitPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("bookings/:code") view={BookingPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("activities") view={ActivitiesPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("activities/:code") view={ActivitiesPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("services") view={ShelfPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("services/:service") view={ServicePage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("services/orders/:code") view={ServiceOrderPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("requests") view={RequestsPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("requests/:code") view={TrackPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("requests/:code/sent") view={SentPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("inbox") view={InboxPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("notices") view={NoticesPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("notices/:notice") view={NoticesPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("mail") view={OwnMailPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("me") view={MePage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("unsent") view={UnsentPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("visitors/:id") view={OwnVisitPage::route()} ssr=SsrMode::Async/>
                </ParentRoute>
                <ParentRoute path=at!("staff") view={StaffFrame::route()} ssr=SsrMode::Async>
                    <ParentRoute path=at!("") view={QueuePage::route()} ssr=SsrMode::Async>
                        <Route path=at!("") view={|| ()} ssr=SsrMode::Async/>
                        <Route path=at!("filter") view={FilterPage::route()} ssr=SsrMode::Async/>
                        <Route path=at!("requests/:code") view={MatterPage::route()} ssr=SsrMode::Async/>
                        <Route path=at!("requests/:code/clocks") view={ClocksPage::route()} ssr=SsrMode::Async/>
                        <Route path=at!("requests/:code/closing") view={ClosingPage::route()} ssr=SsrMode::Async/>
                        <Route path=at!("requests/:code/dispatch") view={DispatchPage::route()} ssr=SsrMode::Async/>
                    </ParentRoute>
                    <Route path=at!("wall") view={WallPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("desk") view={DeskPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("contacts") view={ContactsPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("bookings") view={DiaryPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("bookings/:code") view={EntryPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("activities") view={ActivityDeskPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("activities/:code") view={ActivityDeskPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("services") view={ServiceDeskPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("services/book") view={ServiceBookPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("services/orders/:code") view={ServiceEntryPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("facilities/:facility") view={FacilityPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("facilities/:facility/terms") view={TermsPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("facilities/:facility/draws") view={DrawsPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("followups") view={FollowUpsPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("inbox") view={OfficeInboxPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("incidents") view={IncidentsPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("incidents/:id") view={IncidentPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("insights") view={DashboardPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("insights/rows") view={RowsPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("list") view={ListPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("log") view={LogPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("mail") view={MailDeskPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("notices") view={NoticeDeskPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("notices/:notice") view={NoticeDeskPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("jobs") view={JobsPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("orders/:order") view={OrderPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("orders/:order/notice") view={NoticePage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("orphans") view={OrphansPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("rectifications") view={RectificationsPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("unsent") view={UnsentPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("upkeep") view={SchedulesPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("vendors") view={VendorsPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("visitors") view={VisitorBookPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("people") view={PeoplePage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("people/:unit") view={UnitPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("people/:unit/book") view={BookForPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("people/:unit/book/:facility") view={BookForPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("people/:unit/order") view={ServiceForPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("people/:unit/order/:service") view={ServiceForPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("policy") view={PolicyPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("policy/edit/:section") view={EditPolicyPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("policy/preview") view={PreviewPolicyPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("team") view={TeamPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("team/:staff") view={HandPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("team/:staff/conduct") view={ConductPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("keys") view={KeysPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("screens") view={ScreensPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("me") view={MePage::route()} ssr=SsrMode::Async/>
                </ParentRoute>
                <ParentRoute path=at!("kiosk") view={KioskFrame::route()} ssr=SsrMode::Async>
                    <Route path=at!("") view={KioskPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("ring") view={RingPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("visitor") view={DoorPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("check") view={CheckPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("notice/:notice") view={PostedPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("report") view={ProblemsPage::route()} ssr=SsrMode::Async/>
                    <Route path=at!("report/:problem") view={ReportHerePage::route()} ssr=SsrMode::Async/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}
