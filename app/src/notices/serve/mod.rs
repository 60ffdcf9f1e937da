//! The story of each call.

mod due;
mod look;
mod office;

pub use due::settle_due;
pub use look::{board, desk, posted, posted_one, read};
pub use office::{approve, change, draft, schedule, withdraw};

use super::model::{Notice, NoticeNews, Priority};
use super::rules::Hand;
use super::store;
use crate::call::Call;
use crate::fault::Fault;
use crate::happenings::Record;
use crate::ids::AccountId;
use crate::live::Room;
use crate::messages::{self, About, Telling};
use crate::moment::Moment;
use crate::people::{Power, Staff};
use serde_json::json;

/// What happened to a notice. Once it came out, residents' screens look again.
fn record(notice: &Notice, kind: &'static str) -> Record {
    let is_told = notice.published_at.is_some();
    Record {
        estate: notice.estate,
        room: Room::Notices,
        subject: notice.id.0,
        kind,
        is_public: is_told,
        is_heard_at_home: is_told,
        unit: None,
        reader: None,
        details: json!({ "stage": notice.stage, "priority": notice.text.priority }),
    }
}

/// What somebody of the office may do: whoever drafts notices sees them through, whoever decides what the estate promises
/// approves them.
fn hand(staff: &Staff) -> Hand {
    Hand { drafts: staff.can(Power::Notices), approves: staff.can(Power::Policy) }
}

fn telling(notice: &Notice, news: NoticeNews) -> Telling {
    Telling::Notice {
        news,
        notice: notice.id,
        title: notice.text.title.clone(),
        is_emergency: news == NoticeNews::Published && notice.text.priority == Priority::Emergency,
    }
}

/// Tells somebody of the office.
async fn tell_office(call: &mut Call, to: &[AccountId], notice: &Notice, news: NoticeNews) -> Result<(), Fault> {
    let about = About { estate: notice.estate, request: None };
    messages::tell(call, to, &telling(notice, news), about).await
}

/// It comes out: whomever it addresses is told, unless it is over already.
async fn publish(call: &mut Call, notice: &mut Notice, at: Moment) -> Result<(), Fault> {
    notice.publish(at)?;
    store::save(call.db(), notice).await?;
    if notice.text.expires_at.is_some_and(|over| over <= at) {
        return Ok(());
    }
    let (by, said) = (call.actor().account, telling(notice, NoticeNews::Published));
    messages::store::insert_for_notice(call.db(), notice.estate, notice.id, &said, by, at).await
}
