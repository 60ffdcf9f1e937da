//! What is counted, for whoever looks at the whole: supervisors, managers, headquarters. Counts must never make a
//! write wait, never scan what they count, and always equal a recount.

#[cfg(feature = "ssr")]
pub mod store;
