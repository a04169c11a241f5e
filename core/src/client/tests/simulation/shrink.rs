//! Leaves out the steps of a run that failed, as long as it fails for the same reason.

use super::plan::Plan;
use super::run::Report;

/// So many runs are tried.
const MAX_TRIES: usize = 300;

/// The same plan with as few steps as were found.
pub(super) fn shrink(plan: &Plan, run: impl Fn(&Plan) -> Report) -> Plan {
    let rule = |plan: &Plan| run(plan).accusation.map(|accusation| accusation.rule);
    let wanted = rule(plan);
    let mut kept: Vec<usize> = plan.steps.iter().map(|(number, _)| *number).collect();
    let (mut left_out, mut tries) = (kept.len().div_ceil(2), 0);
    while left_out > 0 && tries < MAX_TRIES {
        let mut at = 0;
        let mut was_shortened = false;
        while at < kept.len() && tries < MAX_TRIES {
            let fewer: Vec<usize> = kept[..at].iter().chain(kept.iter().skip(at + left_out)).copied().collect();
            tries += 1;
            if rule(&plan.keeping(&fewer)) == wanted {
                kept = fewer;
                was_shortened = true;
            } else {
                at += left_out;
            }
        }
        if !was_shortened || left_out > 1 {
            left_out = if left_out == 1 { 0 } else { left_out.div_ceil(2) };
        }
    }
    plan.keeping(&kept)
}

/// What runs this plan again, and shows what happens.
pub(super) fn command(plan: &Plan) -> String {
    let kept: Vec<String> = plan.steps.iter().map(|(number, _)| number.to_string()).collect();
    let test = "client::tests::simulation::the_named_run_is_repeated";
    format!(
        "AIPASS_SIMULATION={}:{} cargo test -p aipass --lib {test} -- --exact --nocapture",
        plan.seed,
        kept.join(",")
    )
}
