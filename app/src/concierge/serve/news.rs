use super::super::model::{ServiceNews, ServiceOrder};
use crate::call::Call;
use crate::estate::Names;
use crate::fault::Fault;
use crate::messages::{self, About, Telling, Weight};
use crate::people::{self, Role};
use crate::services::{Deliverer, Service};

fn telling(order: &ServiceOrder, service: &Names, news: ServiceNews) -> Telling {
    Telling::Service { news, code: order.code.clone(), service: service.clone() }
}

fn about(order: &ServiceOrder) -> About {
    About { estate: order.estate, request: None }
}

/// Tells whoever ordered it what became of it; of what the office has in its own name, nobody.
pub async fn tell(call: &mut Call, order: &ServiceOrder, service: &Names, news: ServiceNews) -> Result<(), Fault> {
    if order.by_office {
        return Ok(());
    }
    messages::tell_home(call, &[order.account], &telling(order, service, news), about(order), Weight::Apart).await
}

/// Tells them what it costs: they sign it before anything begins.
pub async fn tell_price(call: &mut Call, order: &ServiceOrder, service: &Names) -> Result<(), Fault> {
    let (amount, currency) = (order.amount.unwrap_or_default(), order.currency.clone());
    tell(call, order, service, ServiceNews::Quoted { amount, currency }).await
}

/// Tells those at the desk that somebody orders something: them, else the site manager.
pub async fn tell_desk(call: &mut Call, order: &ServiceOrder, service: &Names) -> Result<(), Fault> {
    let mut desk = Vec::new();
    for role in [Role::Receptionist, Role::Assistant, Role::Coordinator, Role::SiteManager] {
        if role != Role::SiteManager || desk.is_empty() {
            desk.extend(people::store::list_in_role(call.db(), order.estate, role, None).await?);
        }
    }
    messages::tell(call, &desk, &telling(order, service, ServiceNews::Asked), about(order)).await
}

/// Tells whoever answers for it.
pub async fn tell_holder(
    call: &mut Call,
    order: &ServiceOrder,
    service: &Names,
    news: ServiceNews,
) -> Result<(), Fault> {
    let holder = people::store::find_account_of(call.db(), order.estate, order.accountable).await?;
    messages::tell(call, holder.as_slice(), &telling(order, service, news), about(order)).await
}

/// Tells whoever answers for it that its price was signed, and whoever delivers it that it is theirs.
pub async fn tell_signed(call: &mut Call, order: &ServiceOrder, service: &Service) -> Result<(), Fault> {
    if service.terms.delivered_by != Deliverer::Person(order.accountable) {
        tell_holder(call, order, &service.names, ServiceNews::Signed).await?;
    }
    tell_deliverer(call, order, service, ServiceNews::Yours).await
}

/// Tells the ones who deliver it, or parts of it; where a department or a firm does, nobody: it stands in the department's list.
/// Where it becomes theirs and one of them does not work here any more, whoever answers for it is told.
pub async fn tell_deliverer(
    call: &mut Call,
    order: &ServiceOrder,
    service: &Service,
    news: ServiceNews,
) -> Result<(), Fault> {
    let parts = service.terms.parts.iter().filter_map(|part| part.item.as_ref()).map(|item| item.terms.delivered_by);
    let mut hands: Vec<_> = parts.filter_map(|by| by.hands().0).chain(service.terms.delivered_by.hands().0).collect();
    hands.sort_unstable();
    hands.dedup();
    let (mut persons, mut is_anybody_gone) = (Vec::new(), false);
    for staff in hands {
        let person = people::store::find_account_of(call.db(), order.estate, staff).await?;
        is_anybody_gone |= person.is_none();
        persons.extend(person);
    }
    if is_anybody_gone && news == ServiceNews::Yours {
        tell_holder(call, order, &service.names, ServiceNews::NobodyDelivers).await?;
    }
    messages::tell(call, &persons, &telling(order, &service.names, news), about(order)).await
}

/// What was promised was not kept: whoever answers for it is told, whoever stands above them, and its person.
pub async fn tell_late(call: &mut Call, order: &ServiceOrder, service: &Names) -> Result<(), Fault> {
    let Some(until) = order.due_at else { return Ok(()) };
    let news = ServiceNews::Late { until };
    let mut office = people::store::list_in_role(call.db(), order.estate, Role::SiteManager, None).await?;
    office.extend(people::store::find_account_of(call.db(), order.estate, order.accountable).await?);
    messages::tell(call, &office, &telling(order, service, news.clone()), about(order)).await?;
    tell(call, order, service, news).await
}
