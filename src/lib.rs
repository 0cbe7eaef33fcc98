//! simhound finds SIM farms in telecom signaling.
//!
//! ```text
//!  bytes        packets      PDUs          messages        events           features         verdicts
//! capture ──▶ frame ──▶ reassembly ──▶ dissect, wire ──▶ session ──▶ feature ──▶ model ──▶ farm ──▶ report
//! ```
//!
//! Data flows one way, left to right. A layer knows the layers to its left, never those to its right: `feature`,
//! `model` and `farm` know events and nothing of packets; `wire` knows octets and nothing of events; `simulate` knows
//! identities and nothing of features. [`pipeline`] is the one loop that strings them together.
//!
//! ```no_run
//! use simhound::capture::{Savefiles, expand};
//! use simhound::event::Event;
//! use simhound::identity::Names;
//! use simhound::session::Listener;
//!
//! struct Calls(u64);
//! impl Listener for Calls {
//!     fn event(&mut self, event: &Event, _names: &Names) {
//!         self.0 += u64::from(event.kind.name() == "call_attempt");
//!     }
//! }
//! let mut files = Savefiles::open(expand(&["capture.pcapng".to_owned()]).inputs);
//! let mut calls = Calls(0);
//! let totals = simhound::pipeline::run(&mut files, 0, &mut calls).unwrap();
//! println!("{} packets, {} calls", totals.packets, calls.0);
//! ```

pub mod capture;
pub mod carve;
pub mod cli;
pub mod dissect;
pub mod event;
pub mod farm;
pub mod feature;
pub mod frame;
pub mod health;
pub mod identity;
pub mod message;
pub mod model;
pub mod pipeline;
pub mod reassembly;
pub mod report;
pub mod session;
pub mod simulate;
pub mod table;
pub mod text;
pub mod time;
pub mod wire;
