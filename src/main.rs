//! The `simhound` command.
fn main() {}
