//! The frames of the three surfaces and of the public pages: layout and navigation, never a room's content.

mod frame;
mod gallery;
mod kiosk;
mod notices;
mod public;
mod resident;
mod staff;

pub use frame::{FrameData, KioskData, OfficeData, works_here};
pub use gallery::GalleryPage;
pub use kiosk::{KioskFrame, Patience};
pub use public::{NotFoundPage, PublicFrame};
pub use resident::ResidentFrame;
pub use staff::StaffFrame;
