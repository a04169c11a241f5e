//! Plays the scenarios of `tests/scenarios`, which every language plays; their README says what a step means.

mod endpoints;
mod expectation;
mod names;
mod providers;
mod sandbox;
mod steps;
mod talk;

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let trials = scenarios(&root).into_iter().map(|file| {
        let root = root.clone();
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Trial::test(name, move || play(&root, &file).map_err(Failed::from))
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

fn scenarios(root: &Path) -> Vec<PathBuf> {
    let folder = root.join("tests/scenarios");
    let entries = std::fs::read_dir(folder).expect("tests/scenarios can be read");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("tests/scenarios can be read").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    assert!(!files.is_empty(), "tests/scenarios has no scenario");
    files
}

fn play(root: &Path, file: &Path) -> Result<(), String> {
    let text = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
    let scenario: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let arguments = scenario["sandbox"].as_array().cloned().unwrap_or_default();
        let mut stage = steps::Stage::open(root, &arguments).await?;
        let steps = scenario["steps"].as_array().ok_or("the scenario has no steps")?;
        let mut names = names::Names::told(stage.facts());
        for (index, step) in steps.iter().enumerate() {
            let at = |problem| format!("step {} ({}): {problem}", index + 1, step["do"]);
            let step = names.fill(step).map_err(at)?;
            let outcome = stage.take(&step).await.map_err(at)?;
            expectation::check(step.get("expect"), &outcome).map_err(at)?;
            names.capture(&step, &outcome).map_err(at)?;
        }
        Ok(())
    })
}
