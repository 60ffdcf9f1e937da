use serde::{Deserialize, Serialize};

/// What a member of staff does, as domain.md's section O names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 客户接待员
    Receptionist,
    /// 客户服务助理
    Assistant,
    /// 协调员
    Coordinator,
    /// 维修工
    Technician,
    /// 保洁员
    Cleaner,
    /// 保安
    Guard,
    /// 绿化
    Gardener,
    /// 领班、主管
    Supervisor,
    /// 部门负责人
    Head,
    /// 收费员
    FeeCollector,
    /// 管理处主任
    SiteManager,
    /// 总部客服中心
    Hq,
    /// 系统管理员
    Administrator,
}

impl Role {
    /// All, from the desk to the top.
    pub const ALL: [Role; 13] = [
        Role::Receptionist,
        Role::Assistant,
        Role::Coordinator,
        Role::Technician,
        Role::Cleaner,
        Role::Guard,
        Role::Gardener,
        Role::Supervisor,
        Role::Head,
        Role::FeeCollector,
        Role::SiteManager,
        Role::Hq,
        Role::Administrator,
    ];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Role::Receptionist => "receptionist",
            Role::Assistant => "assistant",
            Role::Coordinator => "coordinator",
            Role::Technician => "technician",
            Role::Cleaner => "cleaner",
            Role::Guard => "guard",
            Role::Gardener => "gardener",
            Role::Supervisor => "supervisor",
            Role::Head => "head",
            Role::FeeCollector => "fee_collector",
            Role::SiteManager => "site_manager",
            Role::Hq => "hq",
            Role::Administrator => "administrator",
        }
    }

    /// The role of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.tag() == tag)
    }
}
