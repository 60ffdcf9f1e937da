//! Count and hash of a set of rows or files, whatever their order: a table has none.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
pub struct Sum {
    pub count: u64,
    #[serde(with = "hex")]
    hash: u128,
}

impl Sum {
    pub fn add(&mut self, item: &[u8]) {
        self.add_hash(Sha256::digest(item).into());
    }

    /// An item too large to hold: its name and its own hash.
    pub fn add_file(&mut self, name: &str, content: Sha256) {
        self.add_hash(
            Sha256::new().chain_update(name).chain_update([0]).chain_update(content.finalize()).finalize().into(),
        );
    }

    fn add_hash(&mut self, hash: [u8; 32]) {
        let [left, right] = [0, 16].map(|start| u128::from_be_bytes(std::array::from_fn(|at| hash[start + at])));
        self.count += 1;
        // Added, so that order does not matter but repetition does.
        self.hash = self.hash.wrapping_add(left ^ right);
    }
}

mod hex {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(hash: &u128, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&format_args!("{hash:032x}"))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<u128, D::Error> {
        let text = <&str>::deserialize(from)?;
        u128::from_str_radix(text, 16).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(items: &[&str]) -> Sum {
        items.iter().fold(Sum::default(), |mut sum, item| {
            sum.add(item.as_bytes());
            sum
        })
    }

    #[test]
    fn order_does_not_matter_but_repetition_does() {
        assert_eq!(sum(&["a", "b"]), sum(&["b", "a"]));
        assert_ne!(sum(&["a", "a"]), sum(&["b", "b"]));
        assert_ne!(sum(&["a"]), sum(&["a", "a"]));
    }

    #[test]
    fn survives_writing() {
        let written = serde_json::to_string(&sum(&["报修"])).unwrap();
        assert_eq!(serde_json::from_str::<Sum>(&written).unwrap(), sum(&["报修"]));
    }
}
