mod join;
mod manners;
mod me;
mod occupants;
mod people;
mod sign_in;
mod slip;
mod team;
mod team_invite;
mod unit;
mod welcome;

pub use join::JoinPage;
pub use me::MePage;
pub use people::PeoplePage;
pub use sign_in::SignInPage;
pub use team::TeamPage;
pub use unit::UnitPage;
pub use welcome::WelcomePage;
