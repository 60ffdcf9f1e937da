use super::model::Opened;
use super::{plain, sealed, store};
use crate::backend::random;
use crate::call::Call;
use crate::fault::Fault;
use crate::ids::{DraftId, Key};
use axum::http::request::Parts;
use leptos::prelude::use_context;

/// Anyone may open a form; a draft opens only in the browser that sent it, for the account that sent it.
pub async fn open(kept: Option<DraftId>) -> Result<Opened, Fault> {
    let token = use_context::<Parts>().and_then(|parts| plain::token(&parts.headers));
    let key = Key(uuid::Builder::from_random_bytes(random::<16>()?).into_uuid());
    let (Some(id), Some(token)) = (kept, token) else {
        return Ok(Opened { key, kept: None });
    };
    let mut call = Call::read().await?;
    let (account, now) = (call.viewer.account().ok(), call.now);
    let kept = store::find(call.db(), id, &plain::hash(&token), account, now).await?;
    // What a lobby screen shows once, the next who stands there cannot go back to.
    if kept.is_some() && call.viewer.screen().is_some() {
        store::forget(call.db(), id).await?;
    }
    Ok(Opened { key, kept: kept.map(|kept| sealed::unsealed(kept, &token, id)) })
}
