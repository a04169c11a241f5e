//! `--state FILE`: keeps clients, tokens and money beyond the process. Codes and consent pages are not kept: they live for
//! minutes.
//!
//! Only the file's owner can read it, and it is replaced as a whole. It holds the sandbox's tokens in clear, as a server's
//! database would.

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use super::grants::Grants;
use super::ledger::Ledger;
use super::registry::Registry;
use crate::lock::lock;
use crate::start_error::StartError;

/// Increased when an older sandbox could no longer read the file.
const VERSION: u32 = 1;

/// What the file holds, as it is read.
#[derive(Default, Deserialize)]
pub(crate) struct SavedState {
    version: u32,
    pub(crate) clients: Registry,
    pub(crate) grants: Grants,
    pub(crate) ledger: Option<Ledger>,
}

/// The same, as it is written.
#[derive(Serialize)]
struct StateToSave<'a> {
    version: u32,
    clients: &'a Registry,
    grants: &'a Grants,
    ledger: &'a Ledger,
}

/// An open state file.
pub(crate) struct StateFile {
    path: PathBuf,
    /// What was written last: a request that changes nothing writes nothing.
    written: Mutex<Vec<u8>>,
}

impl StateFile {
    /// Opens the file and reads what an earlier sandbox saved; nothing if there is no file yet.
    pub(crate) fn open(path: PathBuf) -> Result<(Self, SavedState), StartError> {
        let failed = |detail: String| StartError::State { path: path.display().to_string(), detail };
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(failed(error.to_string())),
        };
        let mut saved = SavedState { version: VERSION, ..SavedState::default() };
        if !bytes.is_empty() {
            saved = serde_json::from_slice(&bytes).map_err(|error| failed(format!("it is no state file: {error}")))?;
        }
        if saved.version != VERSION {
            return Err(failed(format!("it has version {}, and this sandbox reads {VERSION}", saved.version)));
        }
        saved.grants.reset_unfinished_refreshes();
        Ok((Self { path, written: Mutex::new(bytes) }, saved))
    }

    /// Writes what has changed.
    pub(crate) fn save(
        &self,
        clients: &Mutex<Registry>,
        grants: &Mutex<Grants>,
        ledger: &Mutex<Ledger>,
    ) -> std::io::Result<()> {
        // Held from reading the state to writing it: of two saves at once, the one that reads later must write later.
        let mut written = lock(&self.written);
        let bytes = {
            let (clients, grants, ledger) = (lock(clients), lock(grants), lock(ledger));
            let state = StateToSave { version: VERSION, clients: &clients, grants: &grants, ledger: &ledger };
            serde_json::to_vec(&state)?
        };
        if *written != bytes {
            replace(&self.path, &bytes)?;
            *written = bytes;
        }
        Ok(())
    }
}

fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let new = PathBuf::from(name);
    // A file left there may be readable by others, or a link to another place: always write a new file.
    match std::fs::remove_file(&new) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&new)?.write_all(bytes)?;
    std::fs::rename(&new, path)
}
