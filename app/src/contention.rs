//! Writes that stand in each other's way: Postgres ends one of them so that the others can go on (40P01, 40001). Nothing of
//! that one is left and nothing is wrong with it, so it is run again from its very beginning; only whoever loses each time is
//! told ([`Fault::Contended`](crate::fault::Fault::Contended)).

use crate::backend::random;
use std::time::Duration;

/// How often a write is run again.
const AGAIN: u32 = 2;

/// In the extensions of a call that is run again: it was counted as a try already.
#[derive(Clone, Copy)]
pub struct Again;

/// Attempts a write as often as others may stand in its way. Before each further attempt it pauses for up to a quarter of a
/// second, which chance decides: those who met do not meet again.
pub async fn persist<T, F>(mut attempt: impl FnMut() -> F, is_contended: impl Fn(&T) -> bool) -> T
where
    F: Future<Output = T>,
{
    for _ in 0..AGAIN {
        let outcome = attempt().await;
        if !is_contended(&outcome) {
            return outcome;
        }
        let [pause] = random::<1>().unwrap_or_default();
        tokio::time::sleep(Duration::from_millis(pause.into())).await;
    }
    attempt().await
}
