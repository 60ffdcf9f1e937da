use crate::asking::Loading;
use crate::forms::Opened;
use crate::ids::StaffId;
use crate::live::Room;
use crate::page::office_page;
use crate::policy::Minute;
use crate::texts::{Texts, texts};
use crate::ui::{
    Choice, Choices, Field, Hidden, Post, Row, Steady, awaited, both, changing, fresh, icon, opened, shown,
};
use crate::work::{DescribeHand, HandFile, LoadHand, minute_text};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use server_fn::ServerFn;
use uuid::Uuid;

/// What one colleague knows, looks after, and when they work: by this they are suggested for orders.
pub struct HandPage {
    file: Loading<HandFile>,
    opened: Loading<Opened>,
}

office_page!(HandPage in hand);

impl HandPage {
    fn data() -> Self {
        let params = use_params_map();
        let staff = move || params.with(|params| params.get_str("staff").and_then(|id| id.parse::<StaffId>().ok()));
        let staff = move || staff().unwrap_or(StaffId(Uuid::nil()));
        Self { file: Loading::new(move || LoadHand { staff: staff() }), opened: opened() }
    }

    fn view(self) -> AnyView {
        let HandPage { file, opened } = self;
        view! {
            <Suspense>
                {awaited(move || async move {
                    shown(both(file.await, opened.await), |(first, opened)| view! { <Sheet first opened/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

/// The one form of the page.
const FORM: Row = (Uuid::nil(), 0);

#[component]
fn Sheet(
    /// The file as it was when the page was loaded.
    first: HandFile,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let (id, name) = (first.id, first.name.clone());
    let data = fresh(first, Room::People, move || LoadHand { staff: id });
    let forms = Steady::of(|| vec![FORM]);
    let hold = forms.hold(FORM);
    let seen = Signal::derive(move || data.with(|data| data.version.to_string()));
    let shown = Memo::new(move |before: Option<&HandFile>| match before {
        Some(before) if hold.is_busy() => before.clone(),
        _ => data.get(),
    });
    view! {
        <Title text=t.frame_title(&name, t.frame_product())/>
        <a class="back" href="/staff/team">{icon("arrow-left")} " " {t.staff_team_title()}</a>
        <header class="head">
            <h1>{name}</h1>
            <p class="soft">{t.hand_title()}</p>
        </header>
        <Post to=DescribeHand::PATH opened about=id.to_string() seen hold>
            <Hidden name="staff" value=Signal::stored(id.to_string())/>
            {changing(move || shown.with(|shown| fields(t, shown)))}
            <div class="submit">
                <button class="button" data-kind="primary">{icon("check")} " " {t.hand_save()}</button>
            </div>
        </Post>
    }
}

fn fields(t: Texts, data: &HandFile) -> AnyView {
    let skills = data.categories.iter().map(|one| Choice::new(one.id.to_string(), one.names.of(t.lang))).collect();
    let areas = data.buildings.iter().map(|one| Choice::new(one.id.to_string(), one.names.of(t.lang))).collect();
    let known = data.skills.iter().map(ToString::to_string).collect::<Vec<_>>();
    let near = data.areas.iter().map(ToString::to_string).collect::<Vec<_>>();
    let days = weekdays(t).into_iter().enumerate().map(|(at, word)| Choice::new((at + 1).to_string(), word)).collect();
    let shift = data.shift.as_ref();
    let works = shift.map(|shift| shift.days.iter().map(ToString::to_string).collect::<Vec<_>>()).unwrap_or_default();
    let time = |minute: Option<Minute>| Signal::stored(minute.map(minute_text).unwrap_or_default());
    let (from, until) = (time(shift.map(|shift| shift.from)), time(shift.map(|shift| shift.until)));
    view! {
        <Choices name="skills" label=t.hand_skills() hint=t.hand_skills_hint() choices=skills chosen=known/>
        <Choices name="areas" label=t.hand_areas() hint=t.hand_areas_hint() choices=areas chosen=near/>
        <Choices name="days" label=t.hand_days() hint=t.hand_days_hint() choices=days chosen=works/>
        <div class="pair">
            <Field name="from" label=t.hand_from() kind="time" value=from optional=true/>
            <Field name="until" label=t.hand_until() hint=t.hand_until_hint() kind="time" value=until optional=true/>
        </div>
    }
    .into_any()
}

/// Monday first.
fn weekdays(t: Texts) -> [&'static str; 7] {
    [t.weekday_1(), t.weekday_2(), t.weekday_3(), t.weekday_4(), t.weekday_5(), t.weekday_6(), t.weekday_7()]
}
