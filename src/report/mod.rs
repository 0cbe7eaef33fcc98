//! What people and programs get of a run: files in a folder, tables on a terminal.

mod files;
pub mod lookup;
mod run;
mod terminal;

pub use files::{private_file, write_run};
pub use run::{Run, RunInput};
pub use terminal::{health_table, print_run};
