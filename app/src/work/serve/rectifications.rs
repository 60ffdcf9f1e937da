use super::super::model::{CheckAfter, Order, Rectification, Rectifications};
use super::super::store;
use super::cards;
use crate::call::Call;
use crate::fault::Fault;
use crate::ids::{OrderId, RequestId};
use crate::messages::{self, Telling};
use crate::moment::Moment;
use crate::paging::page_of;
use crate::people::{self, Power, Role};
use crate::requests::{self, Request};

/// Open ones of a page.
const PAGE: i64 = 50;

/// How many that were checked stand beneath them.
const CHECKED: i64 = 20;

/// The rectification items that the caller sees: supervised, tracked, verified (C12).
pub async fn rectifications(after: Option<CheckAfter>) -> Result<Rectifications, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    let scope = staff.matters()?;
    if ![Power::Verify, Power::Dispatch, Power::Oversee].into_iter().any(|power| staff.can(power)) {
        return Err(Fault::NotAllowed);
    }
    let (now, estate) = (call.now, scope.estate);
    let found = store::list_to_check(call.db(), scope, after, PAGE).await?;
    let (found, next) = page_of(found, PAGE, |row| row.place);
    let checked = match after {
        None => store::list_checked(call.db(), scope, CHECKED).await?,
        Some(_) => Vec::new(),
    };
    let mut ids: Vec<RequestId> = found.iter().map(|row| row.request).collect();
    ids.extend(checked.iter().map(|(_, request)| *request));
    let matters = requests::store::list_cards(call.db(), estate, &ids).await?;
    let orders = store::list_of(call.db(), estate, &ids).await?;
    let orders = cards(call.db(), &staff, &orders, &[], now).await?;
    let row = |order: OrderId, request: RequestId, due_at: Option<Moment>| {
        let card = matters.iter().find(|card| card.id == request)?.clone();
        let order = orders.iter().find(|card| card.order.id == order)?.clone();
        Some(Rectification { card, order, due_at })
    };
    Ok(Rectifications {
        open: found.into_iter().filter_map(|one| row(one.place.order, one.request, one.due_at)).collect(),
        next,
        checked: checked.into_iter().filter_map(|(order, request)| row(order, request, None)).collect(),
        wall: call.wall(),
    })
}

/// Tells those who may check it that an order waits for them: the supervisors of its department, else its heads, else
/// the site manager; never whoever did it.
pub(super) async fn ask_for_check(call: &mut Call, request: &Request, order: &Order) -> Result<(), Fault> {
    let (estate, own, theirs) = (order.estate, call.actor().account, Some(order.department));
    let note = order.note.clone().unwrap_or_default();
    let telling = Telling::Check { order: order.id, note };
    for (role, department) in [(Role::Supervisor, theirs), (Role::Head, theirs), (Role::SiteManager, None)] {
        let mut found = people::store::list_in_role(call.db(), estate, role, department).await?;
        found.retain(|account| Some(*account) != own);
        if !found.is_empty() {
            return messages::tell(call, &found, &telling, request.into()).await;
        }
    }
    Ok(())
}
