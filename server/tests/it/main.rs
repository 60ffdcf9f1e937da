//! The product from outside: every test has a database of its own and the real router.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should stop")]

mod attacks;
mod calls;
mod closing;
mod demo;
mod desk;
mod desk_ends;
mod dump;
mod endpoints;
mod forms;
mod found;
mod headers;
mod house;
mod house_rules;
mod incidents;
mod insights;
mod leads;
mod leaving;
mod live;
mod messages;
mod migrations;
mod open311;
mod people;
mod photos;
mod policy;
mod postgres;
mod programs;
mod queue;
mod replays;
mod requests;
mod tls;
mod upkeep;
mod visits;
mod work;
