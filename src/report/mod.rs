//! What people and programs get of a run: files in a folder, tables on a terminal.

mod evaluation;
mod files;
mod health;
pub mod lookup;
mod run;
mod terminal;

pub use evaluation::{Evaluation, write_evaluation};
pub use files::{private_file, write_run};
pub use health::print_health;
pub use run::{Run, RunInput};
pub use terminal::print_run;
