use super::{Board, store, wall};
use crate::call::Call;
use crate::fault::Fault;

/// Public: it names nobody. Until screens are devices of an estate, the address says whose screen it is.
pub async fn board(prefix: Option<String>) -> Result<Board, Fault> {
    let mut call = Call::read().await?;
    let (estate, zone) = match store::find_by_prefix(call.db(), prefix.as_deref()).await? {
        Some((estate, zone)) => (Some(estate), zone),
        None => (None, String::new()),
    };
    Ok(Board { estate, wall: wall(&zone, call.now) })
}
