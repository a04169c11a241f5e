//! What went wrong, as one sentence that says what to do, and as an exit status.

mod sentence;

use crate::foreign::printable;
use serde::Serialize;
use std::path::Path;
use std::sync::OnceLock;

/// The profile that the run is about, if the user named one: hints name it too.
static NAMED_PROFILE: OnceLock<String> = OnceLock::new();

/// Lets hints name this profile.
pub fn hint_at_profile(name: &str) {
    // A run is about one profile.
    let _ = NAMED_PROFILE.set(name.to_owned());
}

/// How to sign in, as hints say it.
pub fn login_command() -> String {
    NAMED_PROFILE.get().map_or_else(|| "`aipass login`".to_owned(), |name| format!("`aipass login --profile {name}`"))
}

/// The exit status. Documented in `aipass --help`, so that scripts can rely on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Status {
    Other = 1,
    Usage = 2,
    SignInNeeded = 3,
    Budget = 4,
    Network = 5,
    /// As shells report a program that SIGINT ended.
    Interrupted = 130,
}

/// Why the program, or one file of several, failed.
#[derive(Debug, Clone, Serialize)]
pub struct Failure {
    #[serde(skip)]
    pub status: Status,
    /// Stable, for programs: the library's own code where the library failed.
    pub code: String,
    /// For people. Empty if everything is printed already, or the output is closed.
    pub sentence: String,
}

impl Failure {
    pub fn new(status: Status, code: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self { status, code: code.into(), sentence: sentence.into() }
    }

    pub fn other(code: &str, sentence: impl Into<String>) -> Self {
        Self::new(Status::Other, code, sentence)
    }

    /// One whose sentence the user has already seen.
    pub fn already_shown(status: Status) -> Self {
        Self::new(status, "", "")
    }

    /// The same, about one file.
    pub fn about(mut self, file: &Path) -> Self {
        self.sentence = format!("{}: {}", printable(&file.to_string_lossy()), self.sentence);
        self
    }

    /// Standard output is closed or full. A reader that had enough, as in `aipass … | head`, needs no explanation.
    pub fn from_output(error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Self::already_shown(Status::Other),
            _ => Self::other("output", format!("The result could not be written: {error}.")),
        }
    }
}
