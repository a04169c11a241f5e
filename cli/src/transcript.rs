//! The demo's steps: each one line with its time, and all of them in the JSON object.

use crate::failure::Failure;
use crate::figures;
use crate::output::{self, BOLD, DIM, GREEN, RED};
use serde::Serialize;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// Where the text of a step begins; what belongs to a step is indented as far.
pub const INDENT: usize = 24;

/// A step of the demo, done.
#[derive(Debug, Serialize)]
pub struct Step {
    /// Its own, for programs.
    name: &'static str,
    ok: bool,
    /// To a thousandth.
    ms: f64,
}

/// What came of a step.
pub struct Done<T> {
    pub value: T,
    /// What happened, in one line.
    pub line: String,
    /// Whether it was all that was wanted.
    pub ok: bool,
}

impl<T> Done<T> {
    pub fn new(value: T, line: impl Into<String>) -> Self {
        Self { value, line: line.into(), ok: true }
    }
}

/// Runs steps, times them, and says what happened.
pub struct Transcript {
    /// With `--json` nothing is said until the end.
    spoken: bool,
    pub steps: Vec<Step>,
}

impl Transcript {
    pub fn new(spoken: bool) -> Self {
        Self { spoken, steps: Vec::new() }
    }

    /// Writes a line between the steps.
    pub fn say(&self, text: &str) -> Result<(), Failure> {
        if self.spoken { output::line(text) } else { Ok(()) }
    }

    /// Writes a part of a line, to be seen at once.
    pub fn say_piece(&self, text: &str) -> Result<(), Failure> {
        if self.spoken && !text.is_empty() { output::write(text) } else { Ok(()) }
    }

    /// Runs a step that is seen while it lasts. Programs know it by `name`, people by `label`.
    pub async fn step<T>(
        &mut self,
        name: &'static str,
        label: &str,
        work: impl Future<Output = Result<Done<T>, Failure>>,
    ) -> Result<T, Failure> {
        // Overwritten when the step is done, which only a terminal can.
        let shows_progress = self.spoken && std::io::stdout().is_terminal();
        if shows_progress {
            output::write(format_args!("{DIM}  · {label} …{DIM:#}\r"))?;
        }
        let begun = Instant::now();
        let outcome = work.await;
        self.finish(name, label, begun, outcome)
    }

    /// Notes a step that said things of its own while it lasted.
    pub fn finish<T>(
        &mut self,
        name: &'static str,
        label: &str,
        begun: Instant,
        outcome: Result<Done<T>, Failure>,
    ) -> Result<T, Failure> {
        let time = begun.elapsed();
        let (ok, line) = match &outcome {
            Ok(done) => (done.ok, done.line.as_str()),
            Err(_) => (false, "failed"),
        };
        self.steps.push(Step { name, ok, ms: rounded_ms(time) });
        let (colour, mark) = if ok { (GREEN, '✓') } else { (RED, '✗') };
        let time = figures::milliseconds(time);
        let line = format!("  {colour}{mark}{colour:#} {BOLD}{label:<10}{BOLD:#}{DIM}{time:>8}{DIM:#}  {line}");
        self.say(&line)?;
        outcome.map(|done| done.value)
    }
}

fn rounded_ms(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}
