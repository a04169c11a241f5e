//! Everything of every shape that may cross to Dart, for the tests of its generator. Never shipped.

mod calls;
mod values;

uniffi::setup_scaffolding!();

// Named, so that its symbols are linked.
use aipass_ports as _;
