//! The life of a session, simulated: two processes over one store, users who come and go, a network and a store that fail, a
//! provider with its own ways, and a judge. What happens follows from a seed, to the order of every two tasks, so that a run can be
//! repeated.
//!
//! | file | what it has |
//! |---|---|
//! | [`plan`] | the steps of a run, made of its seed |
//! | [`run`] | the steps done, and the end of a run |
//! | [`calls`], [`sign_ins`] | what an app calls, and what it may come to |
//! | [`provider`], [`network`], [`store`] | what the library talks to |
//! | [`judge`] | what must hold |
//! | [`shrink`] | the few steps of a run that matter |
//!
//! # To repeat a run that failed
//! The failure prints the command. `AIPASS_SIMULATION=SEED` or `SEED:STEP,STEP,…` runs one plan and prints what happened in it;
//! `AIPASS_SIMULATION_DEFECT` gives the library a deliberate defect meanwhile.
//!
//! # To run more
//! `AIPASS_SIMULATION_RUNS=100000` sets the number of runs, `AIPASS_SIMULATION_FIRST` the first seed. `scripts/reliability` does
//! both for as long as it is told.

mod calls;
mod defects;
mod judge;
mod network;
mod plan;
mod provider;
mod random;
mod run;
mod shrink;
mod sign_ins;
mod state;
mod store;

use defects::named_defect;
use plan::Plan;
use run::{run, run_with};
use shrink::{command, shrink};

/// So many in an ordinary test run, of 11 ms of processor time each in a debug build.
const RUNS: u64 = 3_000;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

// L1, L2, L3, L4, L5, L6, L7, L9, L10, L11, L12, L15, L16, L17, L18, L19, T6, T7, P1, P3, A8
#[test]
fn no_interleaving_breaks_a_session() {
    let first = number("AIPASS_SIMULATION_FIRST").unwrap_or(0);
    let runs = number("AIPASS_SIMULATION_RUNS").unwrap_or(RUNS);
    let (mut counted, mut requests) = (0, 0);
    for seed in first..first + runs {
        let plan = Plan::of(seed);
        let report = run(&plan, false);
        if report.accusation.is_some() {
            let plan = shrink(&plan, |plan| run(plan, false));
            let report = run(&plan, true);
            panic!("{}\n\n{:?}\nRepeat it with:\n  {}", report.trace.join("\n"), report.accusation, command(&plan));
        }
        counted += report.counted;
        requests += report.requests;
    }
    println!("{runs} runs from seed {first}, {requests} requests; lost in the counted window: {counted}");
}

/// For a run that failed: does nothing without `AIPASS_SIMULATION`.
#[test]
fn the_named_run_is_repeated() {
    let Ok(named) = std::env::var("AIPASS_SIMULATION") else { return };
    let (seed, kept) = named.split_once(':').map_or((named.as_str(), None), |(seed, kept)| (seed, Some(kept)));
    let mut plan = Plan::of(seed.parse().unwrap());
    if let Some(kept) = kept {
        plan = plan.keeping(&kept.split(',').map(|number| number.parse().unwrap()).collect::<Vec<_>>());
    }
    let report = match named_defect() {
        Some(defect) => run_with(&plan, defect, true),
        None => run(&plan, true),
    };
    println!("{:?}\n{}", plan.knobs, report.trace.join("\n"));
    assert_eq!(report.accusation, None);
}

// A run that cannot be repeated proves nothing.
#[test]
fn the_same_seed_comes_to_the_same() {
    for seed in 0..20 {
        let [first, second] = [(); 2].map(|()| run(&Plan::of(seed), true).trace);
        let differ = first.iter().zip(&second).find(|(first, second)| first != second);
        assert_eq!((differ, first.len()), (None, second.len()), "seed {seed}");
    }
}
