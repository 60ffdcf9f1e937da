//! Those who want the very same at one time stand in line. Whoever finds out why they cannot have it answers for all who came
//! before that: a crowd asks the database a few times, not a thousand, and nobody who waits keeps a connection to it.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, PoisonError, Weak};
use std::time::Instant;
use tokio::sync::{Mutex, OwnedMutexGuard};

/// What was found out last, and when whoever did began to look.
type Told<V> = Mutex<Option<(Instant, V)>>;

/// The crowds of this process, by what each wants; cheap to clone.
#[derive(Debug)]
pub struct Crowds<K, V>(Arc<std::sync::Mutex<HashMap<K, Weak<Told<V>>>>>);

/// The head of a line, until it is dropped.
pub struct Turn<V> {
    came: Instant,
    began: Instant,
    told: OwnedMutexGuard<Option<(Instant, V)>>,
}

impl<K: Eq + Hash, V> Crowds<K, V> {
    /// Joins those who want this, and waits until all who came before have had their turn.
    pub async fn turn(&self, wants: K) -> Turn<V> {
        let came = Instant::now();
        let told = self.join(wants).lock_owned().await;
        Turn { came, began: Instant::now(), told }
    }

    fn join(&self, wants: K) -> Arc<Told<V>> {
        let mut crowds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        crowds.retain(|_, crowd| crowd.strong_count() > 0);
        if let Some(crowd) = crowds.get(&wants).and_then(Weak::upgrade) {
            return crowd;
        }
        let crowd = Arc::new(Mutex::new(None));
        crowds.insert(wants, Arc::downgrade(&crowd));
        crowd
    }
}

impl<V> Turn<V> {
    /// What somebody found out who began to look after the caller had come.
    pub fn told(&self) -> Option<&V> {
        self.told.as_ref().filter(|(began, _)| self.came <= *began).map(|(_, found)| found)
    }

    /// Tells the others what the caller has found out in this turn.
    pub fn tell(&mut self, found: V) {
        *self.told = Some((self.began, found));
    }
}

// Derived ones would ask the same of what is wanted and told.
impl<K, V> Clone for Crowds<K, V> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<K, V> Default for Crowds<K, V> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

#[cfg(test)]
mod tests {
    use super::Crowds;
    use tokio::task::{JoinHandle, yield_now};

    /// Stands in line; says what it was told in its turn, and tells the others so.
    fn join(crowds: &Crowds<&'static str, u32>, tells: u32) -> JoinHandle<Option<u32>> {
        let crowds = crowds.clone();
        tokio::spawn(async move {
            let mut turn = crowds.turn("court").await;
            let told = turn.told().copied();
            turn.tell(tells);
            told
        })
    }

    #[tokio::test]
    async fn whoever_came_before_somebody_looked_is_told_and_nobody_else() {
        let crowds = Crowds::default();
        let mut first = crowds.turn("court").await;
        let (second, third) = (join(&crowds, 2), join(&crowds, 3));
        yield_now().await;
        assert!(!second.is_finished(), "one after another");
        assert_eq!(crowds.turn("pool").await.told(), None, "who wants something else is another crowd");
        first.tell(1);
        drop(first);
        assert_eq!(second.await.expect("a turn"), None, "the first had begun before the second came");
        assert_eq!(third.await.expect("a turn"), Some(2));
        drop(crowds.turn("pool").await);
        assert_eq!(crowds.0.lock().expect("nobody panicked").len(), 1, "those who are gone leave nothing behind");
    }
}
