use super::super::limits::Limit;
use super::super::model::{Arrival, DemoPerson, LONGEST_SIGN_IN};
use super::super::{passwords, session, store};
use super::browser::{address, device, here};
use crate::call::{Call, limited};
use crate::fault::{Fault, Note, Refusal, clean};
use crate::ids::{AccountId, SessionId};

/// Counts the try by address and by name before it looks at the password; hashes while nothing is held.
pub async fn sign_in(sign_in: String, password: String) -> Result<Arrival, Fault> {
    limited(Limit::SIGN_IN_FROM, &address()?).await?;
    let sign_in = clean(&sign_in).to_lowercase();
    if sign_in.chars().count() > LONGEST_SIGN_IN as usize {
        // Nobody's name, and no counter may grow as long as it.
        return Err(Fault::field("sign_in", Note::BadSignIn));
    }
    limited(Limit::SIGN_IN, &sign_in).await?;
    let known = store::find_sign_in(Call::read().await?.db(), &sign_in).await?;
    let (account, stored) = known.unzip();
    if !passwords::verify(password, stored).await? {
        return Err(Fault::field("sign_in", Note::BadSignIn));
    }
    let account = account.ok_or(Fault::NotFound)?;
    let mut call = Call::open().await?;
    let arrival = arrive(&mut call, account).await?;
    call.is_done_anew();
    call.commit(arrival).await
}

/// Only where the backend runs as a demo, and only as somebody whom its seed made; else the endpoint does not exist.
pub async fn demo_sign_in(sign_in: String) -> Result<Arrival, Fault> {
    let mut call = Call::open().await?;
    if !call.backend.demo {
        return Err(Fault::NotFound);
    }
    let account = store::find_demo_sign_in(call.db(), &clean(&sign_in)).await?.ok_or(Fault::NotFound)?;
    let arrival = arrive(&mut call, account).await?;
    call.is_done_anew();
    call.commit(arrival).await
}

/// One sign-in per role and a few residents, for trying the product.
pub async fn demo_cast() -> Result<Vec<DemoPerson>, Fault> {
    let mut call = Call::read().await?;
    if !call.backend.demo {
        return Ok(Vec::new());
    }
    store::list_demo_cast(call.db()).await
}

/// Ends the session on both sides, and forgets this browser's drafts.
pub async fn sign_out() -> Result<(), Fault> {
    let mut call = Call::open().await?;
    end_here(&mut call).await?;
    call.commit(()).await
}

/// Nobody is signed in on this browser any more.
pub async fn end_here(call: &mut Call) -> Result<(), Fault> {
    if let (Ok(account), Some(here)) = (call.viewer.account(), here()?) {
        let now = call.now;
        store::revoke_session(call.db(), account, here, now).await?;
    }
    session::set_cookie(&session::gone(session::COOKIE));
    session::set_cookie(&session::gone(crate::forms::HOLDER));
    Ok(())
}

/// Signing in, and where it leads. The session is new, whatever the browser had before. On a lobby screen nobody signs in.
pub(super) async fn arrive(call: &mut Call, account: AccountId) -> Result<Arrival, Fault> {
    if call.viewer.screen().is_some() {
        return Err(Fault::NotAllowed);
    }
    let estate = store::list_memberships(call.db(), account).await?.first().copied();
    if estate.is_none() && !store::is_resident(call.db(), account).await? {
        // Whoever has left the office, and never lived here, has nothing here any more.
        return Err(Refusal::NoPlace.into());
    }
    let now = call.now;
    if let (Ok(before), Some(here)) = (call.viewer.account(), here()?) {
        store::revoke_session(call.db(), before, here, now).await?;
    }
    let id: SessionId = call.id()?;
    let cookie = session::begin(call.db(), id, account, estate, &device()?, now).await?;
    session::set_cookie(&cookie);
    Ok(Arrival { start: if estate.is_some() { "/staff" } else { "/home" }.to_owned() })
}
