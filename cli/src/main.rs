//! The `aipass` program.
fn main() {}
