//! `--state FILE`: what outlives the process, if it is asked for: clients, tokens and money. Codes and consent pages do not:
//! they live for minutes.
//!
//! The file is for its owner alone, and replaced whole. It holds the sandbox's tokens in clear, as a server's database would.

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use crate::account::ledger::Ledger;
use crate::builder::StartError;
use crate::clients::Registry;
use crate::sign_in::grants::Grants;
use crate::state::{Shared, lock};

/// Changes when an older sandbox could not read the file any more.
const VERSION: u32 = 1;

/// What is kept.
#[derive(Default, Deserialize)]
pub(crate) struct Saved {
    version: u32,
    pub(crate) clients: Registry,
    pub(crate) grants: Grants,
    pub(crate) ledger: Option<Ledger>,
}

#[derive(Serialize)]
struct Saving<'a> {
    version: u32,
    clients: &'a Registry,
    grants: &'a Grants,
    ledger: &'a Ledger,
}

/// Where it is kept.
pub(crate) struct StateFile {
    path: PathBuf,
    /// What was written last, so that requests that change nothing write nothing.
    written: Mutex<Vec<u8>>,
}

impl StateFile {
    /// What an earlier sandbox left; nothing, if there is no such file yet.
    pub(crate) fn open(path: PathBuf) -> Result<(Self, Saved), StartError> {
        let failed = |detail: String| StartError::State { path: path.display().to_string(), detail };
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(failed(error.to_string())),
        };
        let mut saved = Saved { version: VERSION, ..Saved::default() };
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
    pub(crate) fn save(&self, shared: &Shared) -> std::io::Result<()> {
        // Held from the look to the write: of two saves at once, the later look must be the later write.
        let mut written = lock(&self.written);
        let bytes = {
            let (clients, grants, ledger) = (lock(&shared.clients), lock(&shared.grants), lock(&shared.ledger));
            let saving = Saving { version: VERSION, clients: &clients, grants: &grants, ledger: &ledger };
            serde_json::to_vec(&saving)?
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
    // A leftover may be open to others, or a link to somewhere else: what is written is always a new file.
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
