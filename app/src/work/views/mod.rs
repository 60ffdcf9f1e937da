mod assessment;
mod complete;
mod dispatch;
mod hand;
mod job_card;
mod jobs;
mod order;
mod order_line;
mod order_lines;
mod order_move;
mod order_parts;

pub use dispatch::DispatchPage;
pub use hand::HandPage;
pub use jobs::JobsPage;
pub use order::OrderPage;
pub use order_line::{OrderLine, order_chip};
pub use order_move::waits;
