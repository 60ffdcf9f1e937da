//! Chance that comes out the same every time: SplitMix64 from one fixed seed.

use app::moment::Moment;
use uuid::{Builder, Uuid};

/// The one seed of the demo estate.
const SEED: u64 = 0x4c49_5955_414e_2026;

/// The instant that the ids of places carry, in milliseconds: they stay the same whenever the demo is loaded.
const PLACES_MILLIS: u64 = 1_767_225_600_000;

/// A stream of numbers.
pub struct Dice(u64);

impl Dice {
    /// A stream of its own for each name, so that a change to one part leaves the others as they were.
    pub fn of(name: &str) -> Self {
        // FNV-1a
        let hash = name
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Self(SEED ^ hash)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 where there is none. The bias of the modulus is below what anybody could see.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.below(usize::try_from(high - low + 1).unwrap_or(1))).unwrap_or(0)
    }

    /// True so many times in a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of them.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    /// The place of one of the weights, each as likely as it is heavy; `None` where nothing weighs anything.
    pub fn weighted(&mut self, weights: &[u64]) -> Option<usize> {
        let total: u64 = weights.iter().sum();
        if total == 0 {
            return None;
        }
        let mut left = self.next() % total;
        weights.iter().position(|weight| {
            let hit = left < *weight;
            left = left.saturating_sub(*weight);
            hit
        })
    }

    /// Another order.
    pub fn shuffle<T>(&mut self, of: &mut [T]) {
        for end in (1..of.len()).rev() {
            let other = self.below(end + 1);
            of.swap(end, other);
        }
    }

    /// A v7 id of an instant.
    pub fn id<T: From<Uuid>>(&mut self, at: Moment) -> T {
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
        T::from(self.uuid(millis))
    }

    /// Bytes for what is random in earnest, such as a hash of something that nobody knows.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.next().to_le_bytes()[0])
    }

    fn uuid(&mut self, millis: u64) -> Uuid {
        Builder::from_unix_timestamp_millis(millis, &self.bytes::<10>()).into_uuid()
    }
}

/// The id of a place, the same in every demo.
pub fn fixed_id<T: From<Uuid>>(name: &str) -> T {
    nth_fixed_id(name, 0)
}

/// The same for rows that are listed in the order of their ids.
pub fn nth_fixed_id<T: From<Uuid>>(name: &str, nth: usize) -> T {
    T::from(Dice::of(name).uuid(PLACES_MILLIS + nth as u64))
}
