mod ask;
mod over;
mod page;

pub use page::FollowUpsPage;
