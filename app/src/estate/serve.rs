use super::{Board, store};
use crate::call::Call;
use crate::fault::Fault;

/// Public: it names nobody. Until screens are devices of an estate, the address says whose screen it is.
pub async fn board(prefix: Option<String>) -> Result<Board, Fault> {
    let mut call = Call::read().await?;
    Ok(Board { estate: store::find_by_prefix(call.db(), prefix.as_deref()).await? })
}
