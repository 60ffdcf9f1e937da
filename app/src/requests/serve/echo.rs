use super::super::model::{Happening, Request};
use super::super::store;
use super::tell_of_itself;
use crate::call::Call;
use crate::fault::Fault;

/// Whose matter was joined to another hears of that one what says nothing about its reporter: times, and that somebody
/// comes; never a word, for words may name people.
pub(super) async fn echo(call: &mut Call, request: &Request, happening: &Happening) -> Result<(), Fault> {
    let said = match happening {
        Happening::Promised { promise, instead_of, .. } => {
            Happening::Promised { promise: *promise, instead_of: *instead_of, reason: None }
        }
        Happening::Appointed { from, until, instead_of, .. } => {
            Happening::Appointed { from: *from, until: *until, instead_of: *instead_of, reason: None }
        }
        Happening::Dispatched { .. }
        | Happening::Shared { .. }
        | Happening::SetOut { .. }
        | Happening::Waiting { .. }
        | Happening::Done => happening.clone(),
        _ => return Ok(()),
    };
    for twin in store::list_duplicates(call.db(), request).await? {
        let case = store::read(call.db(), twin).await?;
        let echoed = Happening::Echoed { happening: Box::new(said.clone()) };
        Box::pin(tell_of_itself(call, &case.request, &echoed)).await?;
    }
    Ok(())
}
