//! The key that seals the sessions: in the system's keyring where there is one, else in a file for its owner alone.
//!
//! The sessions themselves are sealed files. A keyring alone would not do: Windows keeps at most 2,560 bytes in an entry, and
//! no keyring can replace an entry only if it is unchanged. That is what keeps two programs from losing refreshed tokens.

use crate::failure::Failure;
use crate::home;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use rand::Rng as _;
use serde::Serialize;
use std::path::{Path, PathBuf};
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

/// Why the keyring does not give the key.
enum Unusable {
    /// `AIPASS_KEYRING` says so.
    Off,
    /// There is none, or it refuses.
    Because(String),
}

fn key_file(directory: &Path) -> PathBuf {
    directory.join("session.key")
}

/// Says that the key is in the keyring, so that a keyring that cannot be reached today is not taken for none at all.
fn keyring_marker(directory: &Path) -> PathBuf {
    directory.join("session.key.in-keyring")
}

/// Where the key is kept, as far as this folder tells; `None` if none was made.
pub fn kept_in(directory: &Path) -> Result<Option<KeptIn>, Failure> {
    if home::read(&key_file(directory))?.is_some() {
        return Ok(Some(KeptIn::File));
    }
    Ok(home::read(&keyring_marker(directory))?.map(|_| KeptIn::Keyring))
}

/// The key of this user on this machine, made if there is none. May ask the keyring, which may ask the user: call it where
/// it may block.
pub fn session_key(directory: &Path) -> Result<(Key, KeptIn), Failure> {
    // Two that begin at once must not make a key each: one of them would seal its session with a key that is gone.
    let _lock = home::lock(&directory.join("session.key.lock"))?;
    let (file, marker) = (key_file(directory), keyring_marker(directory));
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
            let (why, remedy) = match why {
                Unusable::Off => ("AIPASS_KEYRING is off".to_owned(), "unset AIPASS_KEYRING"),
                Unusable::Because(why) => (why, "unlock it"),
            };
            let sentence = format!(
                "The system's keyring, which keeps the key of your session, cannot be used ({why}): {remedy} and run \
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
fn from_keyring() -> Result<Key, Unusable> {
    // For machines whose keyring is not to be touched, and for tests.
    if std::env::var("AIPASS_KEYRING").is_ok_and(|choice| choice == "off") {
        return Err(Unusable::Off);
    }
    let explain = |error: keyring::Error| {
        Unusable::Because(match error {
            keyring::Error::NoDefaultStore => "it cannot be reached".to_owned(),
            error => error.to_string(),
        })
    };
    let refuse = |why: &str| Unusable::Because(why.to_owned());
    let entry = keyring::Entry::new(SERVICE, USER).map_err(explain)?;
    match entry.get_secret() {
        Ok(secret) => decode(&secret).ok_or_else(|| refuse("its entry is no key of ours")),
        Err(keyring::Error::NoEntry) => {
            entry.set_secret(STANDARD_NO_PAD.encode(*new_key()).as_bytes()).map_err(explain)?;
            // Read again: some keyrings take what they do not keep.
            let kept = decode(&entry.get_secret().map_err(explain)?);
            kept.ok_or_else(|| refuse("it does not keep what it is given"))
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
