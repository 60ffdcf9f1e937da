use crate::fault::{Fault, Note, Notes};
use serde::{Deserialize, Serialize};

/// Satisfaction on the four axes of A16, 1 to 5 each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// 服务态度
    pub attitude: i32,
    /// 服务行为
    pub conduct: i32,
    /// 服务效率
    pub speed: i32,
    /// 服务效果
    pub result: i32,
}

impl Rating {
    /// Refuses what is not 1 to 5, naming the axis; 0 is one that was left out.
    pub fn parse(self) -> Result<Self, Fault> {
        let mut notes = Notes::default();
        for (field, value) in
            [("attitude", self.attitude), ("conduct", self.conduct), ("speed", self.speed), ("result", self.result)]
        {
            if !(1..=5).contains(&value) {
                notes.add(field, if value == 0 { Note::Missing } else { Note::NotAChoice });
            }
        }
        notes.check().map(|()| self)
    }
}
