use crate::backend::{broken, random};
use crate::fault::{Fault, Note};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// Argon2id, 19 MiB, two passes, one lane: OWASP's first choice.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// How many hashes may be computed at once: more would only queue for the same cores, with 19 MiB each.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Verified when nobody has the name, so that an unknown name takes as long as a wrong password.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| compute("nobody has this password").ok());

fn hasher() -> Result<Argon2<'static>, Fault> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|error| broken("argon2 parameters", &error))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn compute(password: &str) -> Result<String, Fault> {
    let hash = hasher()?
        .hash_password_with_salt(password.as_bytes(), &random::<16>()?)
        .map_err(|error| broken("argon2 hash", &error))?;
    Ok(hash.to_string())
}

/// The hash to store. Slow, and off the async threads.
pub async fn hash(password: String) -> Result<String, Fault> {
    in_turn(move || compute(&password)).await
}

/// Whether the password is the one of the stored hash; takes the same time where there is none.
pub async fn verify(password: String, stored: Option<String>) -> Result<bool, Fault> {
    in_turn(move || {
        let known = stored.is_some();
        let Some(stored) = stored.or_else(|| NOBODY.clone()) else { return Ok(false) };
        let stored = PasswordHash::new(&stored).map_err(|error| broken("a stored hash is no hash", &error))?;
        Ok(hasher()?.verify_password(password.as_bytes(), &stored).is_ok() && known)
    })
    .await
}

/// Beside the async threads, a few at a time; a caller who went away does not free the place early.
async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> Result<T, Fault> + Send + 'static) -> Result<T, Fault> {
    let turn = TURNS.acquire().await.map_err(|error| broken("no turn to hash", &error))?;
    let work = tokio::task::spawn_blocking(move || {
        let done = work();
        drop(turn);
        done
    });
    work.await.map_err(|error| broken("hashing ended", &error))?
}

/// Refuses a password that is easily guessed, also from the person's own names.
pub fn check_strength(field: &str, password: &str, own: &[&str]) -> Result<(), Fault> {
    if zxcvbn::zxcvbn(password, own).score() >= zxcvbn::Score::Three {
        Ok(())
    } else {
        Err(Fault::field(field, Note::WeakPassword))
    }
}
