//! The named cast: the same people in the tests, in the end-to-end journeys and in the demo. Every one of
//! them signs in with [`PASSWORD`].

use app::people::OccupancyKind;
use app::texts::Lang;

/// Signs in every account of the demo.
pub const PASSWORD: &str = "liyuan-garden-2026";

/// Its Argon2id hash. Written down rather than computed: a salt drawn anew would make no two demos equal.
pub(super) const PASSWORD_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$Uw5UxhLza7Xeu/DNmqISOQ$XyqqgVWzuJuMJmQaV+9v2xIOoacLzOKYfCLHoUHyiq0";

/// Resident, reads English: owner of Building 3, 1203.
pub const RESIDENT: &str = "emma";
/// Her husband, same flat, reads Simplified Chinese.
pub const SPOUSE: &str = "jiashu";
/// Neighbour on the same floor: tenant of 1202, reads Traditional Chinese.
pub const NEIGHBOUR: &str = "sandy";
/// Moved out of 1204 twenty days ago; her requests from before are still hers.
pub const FORMER_RESIDENT: &str = "songlin";
/// Acts for a company that rents Boyan Tower 801.
pub const BOYAN_CONTACT: &str = "grace";

/// Front desk of Liyuan.
pub const RECEPTIONIST: &str = "tangxin";
/// Coordinator of Liyuan, and the estate's duty officer.
pub const COORDINATOR: &str = "joyce";
/// Technician of Liyuan's engineering: the plumber.
pub const TECHNICIAN: &str = "laochen";
/// Technician of the same department to whom nothing was assigned.
pub const OTHER_TECHNICIAN: &str = "majun";
/// Cleaner of Liyuan.
pub const CLEANER: &str = "zhouayi";
/// Guard of Liyuan.
pub const GUARD: &str = "duanfei";
/// Supervisor of Liyuan's engineering.
pub const SUPERVISOR: &str = "dingbo";
/// Head of Liyuan's engineering.
pub const ENGINEERING_HEAD: &str = "hegang";
/// Head of Liyuan's customer service.
pub const CUSTOMER_SERVICE_HEAD: &str = "luyao";
/// Site manager of Liyuan.
pub const SITE_MANAGER: &str = "shenwei";
/// Fee collector of Liyuan.
pub const FEE_COLLECTOR: &str = "hanlu";
/// Administrator of both estates.
pub const ADMINISTRATOR: &str = "oscar";
/// Headquarters, both estates.
pub const HQ: &str = "fanyun";
/// Coordinator of Boyan, and its duty officer.
pub const BOYAN_COORDINATOR: &str = "baijie";

/// All of the cast who work in an office.
pub const STAFF: [&str; 14] = [
    RECEPTIONIST,
    COORDINATOR,
    TECHNICIAN,
    OTHER_TECHNICIAN,
    CLEANER,
    GUARD,
    SUPERVISOR,
    ENGINEERING_HEAD,
    CUSTOMER_SERVICE_HEAD,
    SITE_MANAGER,
    FEE_COLLECTOR,
    ADMINISTRATOR,
    HQ,
    BOYAN_COORDINATOR,
];

/// Where the cast lives: the building and the floor of each estate that the small variant builds.
pub(super) const FLOORS: [(&str, i32); 2] = [("ly-3", 12), ("by-1", 8)];

/// A resident of the cast.
pub(super) struct Dweller {
    pub sign_in: &'static str,
    pub name: &'static str,
    pub latin: &'static str,
    pub lang: Lang,
    /// The building, and the number in it.
    pub home: (&'static str, &'static str),
    pub kind: OccupancyKind,
    /// How many days ago the occupancy began.
    pub since: i64,
    /// How many days ago it ended.
    pub until: Option<i64>,
    /// The company for which the account acts, in place of itself.
    pub company: Option<&'static str>,
    pub phone: &'static str,
}

/// The residents of the cast, in the order in which sign-in offers them.
pub(super) const RESIDENTS: [Dweller; 5] = [
    Dweller {
        sign_in: RESIDENT,
        name: "Emma Thornbury",
        latin: "Emma Thornbury",
        lang: Lang::En,
        home: ("ly-3", "1203"),
        kind: OccupancyKind::Owner,
        since: 1460,
        until: None,
        company: None,
        phone: "+86 100 0555 3101",
    },
    Dweller {
        sign_in: SPOUSE,
        name: "许嘉树",
        latin: "Xu Jiashu",
        lang: Lang::Hans,
        home: ("ly-3", "1203"),
        kind: OccupancyKind::Owner,
        since: 1460,
        until: None,
        company: None,
        phone: "+86 100 0555 3102",
    },
    Dweller {
        sign_in: NEIGHBOUR,
        name: "梁詠珊",
        latin: "Sandy Leung",
        lang: Lang::Hant,
        home: ("ly-3", "1202"),
        kind: OccupancyKind::Tenant,
        since: 410,
        until: None,
        company: None,
        phone: "+86 100 0555 3103",
    },
    Dweller {
        sign_in: FORMER_RESIDENT,
        name: "宋霖",
        latin: "Song Lin",
        lang: Lang::Hans,
        home: ("ly-3", "1204"),
        kind: OccupancyKind::Tenant,
        since: 820,
        until: Some(20),
        company: None,
        phone: "+86 100 0555 3104",
    },
    Dweller {
        sign_in: BOYAN_CONTACT,
        name: "Grace Adeyemi",
        latin: "Grace Adeyemi",
        lang: Lang::En,
        home: ("by-1", "801"),
        kind: OccupancyKind::Tenant,
        since: 690,
        until: None,
        company: Some("Larkspur Trading Co., Ltd."),
        phone: "+86 100 0555 3105",
    },
];
