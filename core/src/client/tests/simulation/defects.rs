//! What the simulation is worth: each of these defects would break a promise, and each is found.

use super::plan::Plan;
use super::run::run;
use crate::defect::Defect;

/// The first run, of so many, in which a defect shows.
const MAX_RUNS: u64 = 600;

// A simulation that accuses nobody proves something only if it would.
#[test]
fn every_defect_is_found() {
    let named = std::env::var("AIPASS_SIMULATION_DEFECT").ok();
    let mut missed = Vec::new();
    for defect in Defect::ALL {
        if named.as_ref().is_some_and(|named| *named != format!("{defect:?}")) {
            continue;
        }
        let first =
            defect.during(|| (0..MAX_RUNS).find_map(|seed| Some((seed, run(&Plan::of(seed), false).accusation?))));
        match first {
            Some((seed, accusation)) => println!("{defect:?}: seed {seed}, {}: {}", accusation.rule, accusation.detail),
            None => missed.push(defect),
        }
    }
    assert_eq!(missed, [], "not found in {MAX_RUNS} runs");
}
