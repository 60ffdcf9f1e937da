use super::alarm::Alarm;
use super::report_form::ReportForm;
use super::what::catalogue;
use crate::asking::Loading;
use crate::fault::Fault;
use crate::forms::Opened;
use crate::incidents::{LoadNearby, Nearby};
use crate::offline::wall_here;
use crate::page::lazy_page;
use crate::services::{Catalogue, Urgency};
use crate::texts::texts;
use crate::ui::{FaultPage, changing, icon, opened, param};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The second and third step of a report: where and what it looks like, then check and send. An emergency
/// interrupts with the number to call.
pub struct ReportPage {
    catalogue: Loading<Catalogue>,
    opened: Loading<Opened>,
    nearby: Loading<Nearby>,
    problem: Memo<String>,
}

lazy_page!(ReportPage in report);

impl ReportPage {
    fn data() -> Self {
        let problem = param("problem");
        Self { catalogue: catalogue(), opened: opened(), nearby: nearby(problem), problem }
    }

    fn view(self) -> AnyView {
        view! {
            <Suspense>
                {changing(move || {
                    let problem = self.problem.get();
                    Suspend::new(async move {
                        // Who cannot ask whether neighbours reported it reports it.
                        let nearby = match self.nearby.await {
                            Err(Fault::Offline) => Ok(Nearby { found: Vec::new(), wall: wall_here() }),
                            nearby => nearby,
                        };
                        match (self.catalogue.await, self.opened.await, nearby) {
                            (Ok(catalogue), Ok(opened), Ok(nearby)) => page(catalogue, opened, nearby, &problem),
                            (Err(fault), ..) | (_, Err(fault), _) | (.., Err(fault)) => {
                                view! { <FaultPage fault/> }.into_any()
                            }
                        }
                    })
                })}
            </Suspense>
        }
        .into_any()
    }
}

fn page(catalogue: Catalogue, opened: Opened, nearby: Nearby, problem: &str) -> AnyView {
    let t = texts();
    let Some(item) = catalogue.problem(problem).cloned() else {
        return view! { <FaultPage fault=Fault::NotFound/> }.into_any();
    };
    let title = t.frame_title(item.name(t.lang), t.frame_product());
    let form = if item.urgency == Urgency::Emergency {
        view! { <Alarm catalogue item opened/> }.into_any()
    } else if catalogue.homes.is_empty() {
        view! {
            <header><h1>{item.name(t.lang).to_owned()}</h1></header>
            <div class="notice">{icon("key")} <div><p>{t.report_no_home()}</p></div></div>
        }
        .into_any()
    } else {
        view! { <ReportForm catalogue item opened nearby/> }.into_any()
    };
    view! {
        <Title text=title/>
        {form}
    }
    .into_any()
}

/// What neighbours have reported of the kind, in the estate that the address names, else in that of the first home.
fn nearby(problem: Memo<String>) -> Loading<Nearby> {
    let query = use_query_map();
    let estate = Memo::new(move |_| query.with(|query| query.get_str("estate").and_then(|id| id.parse().ok())));
    Loading::new(move || LoadNearby { estate: estate.get(), problem: problem.get() })
}
