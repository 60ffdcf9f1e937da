mod bell;
mod book;
mod door;
mod line;
mod own;
mod polling;
mod rings;
mod write;

pub use bell::RingPage;
pub use book::VisitorBookPage;
pub use door::DoorPage;
pub use own::OwnVisitPage;
