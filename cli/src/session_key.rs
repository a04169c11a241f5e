//! The key that seals the sessions: in the system's keyring where there is one, else in a file for its owner alone.
//!
//! The sessions themselves are sealed files. A keyring alone would not do: Windows keeps at most 2,560 bytes in an entry, and
//! none can replace an entry only if nobody else did, which is what keeps two programs from losing a refreshed pair.

use crate::failure::Failure;
use crate::home;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use rand::Rng as _;
use serde::Serialize;
use std::path::Path;
use zeroize::Zeroizing;

const SERVICE: &str = "aipass";
const USER: &str = "session key";

/// A key of 32 bytes.
pub type Key = Zeroizing<[u8; 32]>;

/// Where the key is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeptIn {
    /// The system's keyring.
    Keyring,
    /// A file in the program's folder.
    File,
}

/// The key of this user on this machine, made if there is none. May ask the keyring, which may ask the user: call it where
/// it may block.
pub fn session_key(directory: &Path) -> Result<(Key, KeptIn), Failure> {
    // Two that begin at once must not make a key each: one of them would seal its session with a key that is gone.
    let _lock = home::lock(&directory.join("session.key.lock"))?;
    let file = directory.join("session.key");
    // Says that the key is in the keyring, so that a keyring that cannot be reached today is not taken for none at all.
    let marker = directory.join("session.key.in-keyring");
    if let Some(text) = home::read(&file)? {
        let damaged = || Failure::other("session_key", format!("{} is damaged: remove it and log in.", file.display()));
        return Ok((decode(&text).ok_or_else(damaged)?, KeptIn::File));
    }
    match from_keyring() {
        Ok(key) => {
            home::write(&marker, b"", false)?;
            Ok((key, KeptIn::Keyring))
        }
        Err(why) if home::read(&marker)?.is_some() => {
            let sentence = format!(
                "The system's keyring, which keeps the key of your session, cannot be used ({why}): unlock it and run \
                 this again, or remove {} and log in again.",
                marker.display()
            );
            Err(Failure::other("keyring", sentence))
        }
        Err(_) => {
            let key = new_key();
            home::write(&file, STANDARD_NO_PAD.encode(*key).as_bytes(), false)?;
            Ok((key, KeptIn::File))
        }
    }
}

/// The keyring's key, made if it has none; why not, if there is no keyring.
fn from_keyring() -> Result<Key, String> {
    // For machines whose keyring is not to be touched, and for tests.
    if std::env::var("AIPASS_KEYRING").is_ok_and(|choice| choice == "off") {
        return Err("AIPASS_KEYRING is off".to_owned());
    }
    let explain = |error: keyring::Error| match error {
        keyring::Error::NoDefaultStore => "it cannot be reached".to_owned(),
        error => error.to_string(),
    };
    let entry = keyring::Entry::new(SERVICE, USER).map_err(explain)?;
    match entry.get_secret() {
        Ok(secret) => decode(&secret).ok_or_else(|| "its entry is no key of ours".to_owned()),
        Err(keyring::Error::NoEntry) => {
            entry.set_secret(STANDARD_NO_PAD.encode(*new_key()).as_bytes()).map_err(explain)?;
            // Read again: some keyrings take what they do not keep.
            decode(&entry.get_secret().map_err(explain)?).ok_or_else(|| "it does not keep what it is given".to_owned())
        }
        Err(error) => Err(explain(error)),
    }
}

fn new_key() -> Key {
    let mut key = Zeroizing::new([0; 32]);
    rand::rng().fill_bytes(&mut *key);
    key
}

fn decode(text: &[u8]) -> Option<Key> {
    let bytes = Zeroizing::new(STANDARD_NO_PAD.decode(text.trim_ascii()).ok()?);
    Some(Zeroizing::new(bytes.as_slice().try_into().ok()?))
}
