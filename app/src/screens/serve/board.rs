use super::super::model::{Board, FreeToday, MOST_FREE, MOST_INCIDENTS, MOST_TIMES, ScreenDevice, Standing};
use super::super::store;
use super::enrol::{asks, own_token};
use crate::bookings;
use crate::call::Call;
use crate::estate;
use crate::fault::Fault;
use crate::notices;
use crate::people;

/// The longest name of a build, in characters.
const LONGEST_BUILD: usize = 40;

/// What the asking browser is. A screen's own asking is how the office sees that it is there.
pub async fn standing(build: Option<String>) -> Result<Standing, Fault> {
    let mut call = Call::read().await?;
    let Some(screen) = call.viewer.screen().cloned() else { return asks(&mut call).await };
    let now = call.now;
    // Browsers keep a cookie 400 days: each page begins them anew.
    if build.is_none()
        && let Some(token) = own_token()
    {
        people::set_cookie(&people::device_cookie(&token));
    }
    let build = build.map(|build| build.chars().take(LONGEST_BUILD).collect::<String>()).filter(|it| !it.is_empty());
    store::touch(call.db(), &screen, build.as_deref(), now).await?;
    Ok(Standing::Enrolled(Box::new(board(&mut call, screen).await?)))
}

/// The board of the estate and place where a screen stands.
async fn board(call: &mut Call, screen: ScreenDevice) -> Result<Board, Fault> {
    let (estate, _) = estate::store::find(call.db(), screen.estate).await?;
    let building = screen.place.building;
    let notices = notices::posted(call, screen.estate, building).await?;
    let mut incidents = store::list_outages(call.db(), screen.estate, building).await?;
    let more = incidents.len().saturating_sub(MOST_INCIDENTS);
    incidents.truncate(MOST_INCIDENTS);
    let found = bookings::free_today(call, (screen.estate, building), &screen.zone, MOST_TIMES).await?;
    let free = found.into_iter().filter(|found| !found.starts.is_empty()).take(MOST_FREE);
    let free =
        free.map(|found| FreeToday { icon: found.facility.icon, names: found.facility.names, starts: found.starts });
    Ok(Board {
        estate,
        place: screen.place,
        notices,
        incidents,
        more: u32::try_from(more).unwrap_or(u32::MAX),
        free: free.collect(),
        is_large: people::manners()?.large_text,
        wall: call.wall(),
    })
}
