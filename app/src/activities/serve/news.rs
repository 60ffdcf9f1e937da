use super::super::model::{Activity, ActivityNews, Participation};
use crate::call::Call;
use crate::fault::Fault;
use crate::ids::StaffId;
use crate::messages::{self, About, Telling, Weight};
use crate::people::{self, Role};

fn telling(activity: &Activity, news: ActivityNews) -> Telling {
    Telling::Activity {
        news,
        code: activity.code.clone(),
        title: activity.plan.title.clone(),
        starts_at: activity.plan.starts_at,
    }
}

fn about(activity: &Activity) -> About {
    About { estate: activity.estate, request: None }
}

/// Tells whoever signed these households up.
pub async fn tell(
    call: &mut Call,
    activity: &Activity,
    parts: &[Participation],
    news: ActivityNews,
) -> Result<(), Fault> {
    let to: Vec<_> = parts.iter().map(|part| part.account).collect();
    messages::tell_home(call, &to, &telling(activity, news), about(activity), Weight::Apart).await
}

/// Tells the manager that it waits for their yes.
pub async fn tell_managers(call: &mut Call, activity: &Activity) -> Result<(), Fault> {
    let to = people::store::list_in_role(call.db(), activity.estate, Role::SiteManager, None).await?;
    messages::tell(call, &to, &telling(activity, ActivityNews::Planned), about(activity)).await
}

/// Tells somebody of the office.
pub async fn tell_staff(call: &mut Call, activity: &Activity, who: StaffId, news: ActivityNews) -> Result<(), Fault> {
    let to = people::store::find_account_of(call.db(), activity.estate, who).await?;
    messages::tell(call, to.as_slice(), &telling(activity, news), about(activity)).await
}
