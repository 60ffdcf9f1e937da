use serde::{Deserialize, Serialize};

/// How far a notice has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeStage {
    /// 草拟
    Draft,
    /// 已批准
    Approved,
    /// 待发布: it comes out by itself.
    Scheduled,
    /// 已发布: those whom it addresses read it.
    Published,
    /// 已过期: it no longer applies.
    Expired,
    /// 已撤回
    Withdrawn,
}

impl NoticeStage {
    const ALL: [Self; 6] =
        [Self::Draft, Self::Approved, Self::Scheduled, Self::Published, Self::Expired, Self::Withdrawn];

    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Approved => "approved",
            Self::Scheduled => "scheduled",
            Self::Published => "published",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The stage of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.tag() == tag)
    }
}
