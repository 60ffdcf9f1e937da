mod complete;
mod dispatch;
mod hand;
mod job_card;
mod jobs;
mod order_line;
mod order_move;

pub use dispatch::DispatchPage;
pub use hand::HandPage;
pub use jobs::JobsPage;
pub use order_line::{OrderLine, order_chip};
pub use order_move::{OrderMoveForm, waits};
