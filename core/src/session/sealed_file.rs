//! Sessions in files, sealed with a key that the platform's keystore keeps (S5).
//!
//! One file per session, mode 0600 in a directory of mode 0700: `AIPASS1\n`, 8 bytes that name the key, a fresh 24-byte nonce, then the record under
//! XChaCha20-Poly1305 with the header and the session's key as associated data. Replaced atomically: written beside, synced,
//! renamed. A lock file makes compare-and-swap hold between processes; it is held for the milliseconds of a file's
//! replacement, never across the network (L8).
//!
//! A file is never opened through a link. An existing file is never written to: it is removed and a new one is created, so
//! that neither a link's target nor the old file's permissions are used.

use super::store::{SessionStore, StoreError, StoredSession};
use crate::hex::hex;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use fs4::FileExt;
use sha2::{Digest, Sha256};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const MAGIC: &[u8; 8] = b"AIPASS1\n";
const KEY_ID_BYTES: usize = 8;
const NONCE_BYTES: usize = 24;
const HEADER_BYTES: usize = MAGIC.len() + KEY_ID_BYTES + NONCE_BYTES;
/// A record is a few kilobytes; a larger file is not one of ours.
const MAX_FILE_BYTES: u64 = 1024 * 1024;

/// Another process may make or remove the lock file between two looks at it.
const LOCK_TRIES: u32 = 16;

/// A store that keeps each session in an encrypted file of its own.
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct SealedFileStore {
    directory: PathBuf,
    cipher: XChaCha20Poly1305,
    key_id: [u8; KEY_ID_BYTES],
}

/// A file with a header of ours; its seal is not broken up yet.
struct SealedFile {
    bytes: Vec<u8>,
    nonce: [u8; NONCE_BYTES],
}

impl SealedFileStore {
    /// Uses `directory` and a 32-byte key from the platform's keystore. Several processes may use the same directory.
    ///
    /// The directory is created if it is missing, with mode 0700 (Unix). An existing one gets that mode too if it holds
    /// sealed sessions only; otherwise it keeps its mode, because others use it too. The files in it always have mode
    /// 0600.
    ///
    /// # Errors
    /// [`StoreError::Failed`] if the key does not have 32 bytes or the directory cannot be created.
    pub fn open(directory: impl Into<PathBuf>, key: &[u8]) -> Result<Self, StoreError> {
        let cipher = XChaCha20Poly1305::new_from_slice(key)
            .map_err(|_| StoreError::Failed { detail: format!("the key has {} bytes, it must have 32", key.len()) })?;
        let directory = directory.into();
        private_directory(&directory).map_err(explain)?;
        let digest = Sha256::new().chain_update(b"aipass sealed file key id").chain_update(key).finalize();
        let mut key_id = [0; KEY_ID_BYTES];
        key_id.copy_from_slice(&digest[..KEY_ID_BYTES]);
        Ok(Self { directory, cipher, key_id })
    }

    /// Where it keeps its files, and under which key: two stores of the same place are one store (`shared.rs`).
    pub(super) fn place(&self) -> (PathBuf, [u8; KEY_ID_BYTES]) {
        (fs::canonicalize(&self.directory).unwrap_or_else(|_| self.directory.clone()), self.key_id)
    }

    /// Where this session is kept.
    pub(crate) fn path(&self, key: &str) -> PathBuf {
        let name = hex(&Sha256::digest(key.as_bytes())[..16]);
        self.directory.join(format!("session-{name}.sealed"))
    }

    /// Holds the session's lock while `work` runs.
    fn locked<T>(&self, path: &Path, work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        let lock = open_lock(&path.with_extension("lock")).map_err(explain)?;
        FileExt::lock(&lock).map_err(explain)?;
        work() // closing the file releases the lock
    }

    /// The sealed file, if it is one of ours.
    fn read(&self, path: &Path) -> Result<Option<SealedFile>, StoreError> {
        let corrupt = |detail: &str| StoreError::Corrupt { detail: detail.to_owned() };
        match fs::symlink_metadata(path) {
            Ok(found) if found.is_file() => {}
            Ok(_) => return Err(corrupt("it is a link, or no file at all")),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(explain(error)),
        }
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None), // deleted just now
            Err(error) => return Err(explain(error)),
        };
        let mut bytes = Vec::new();
        file.take(MAX_FILE_BYTES).read_to_end(&mut bytes).map_err(explain)?;
        let header = bytes.get(..HEADER_BYTES).ok_or_else(|| corrupt("the file is too short"))?;
        let (magic, rest) = header.split_at(MAGIC.len());
        let (key_id, nonce) = rest.split_at(KEY_ID_BYTES);
        if magic != MAGIC {
            return Err(corrupt("the file is not a sealed session"));
        }
        if key_id != self.key_id {
            return Err(StoreError::KeyLost { detail: "the file was sealed with another key".to_owned() });
        }
        let nonce = nonce.try_into().map_err(|_| corrupt("the file is too short"))?;
        Ok(Some(SealedFile { bytes, nonce }))
    }

    fn unseal(&self, file: &SealedFile, key: &str) -> Result<StoredSession, StoreError> {
        let (header, ciphertext) = file.bytes.split_at(HEADER_BYTES);
        let associated = [header, key.as_bytes()].concat();
        let payload = Payload { msg: ciphertext, aad: &associated };
        let bytes = self.cipher.decrypt(&XNonce::from(file.nonce), payload);
        let bytes = bytes.map_err(|_| StoreError::Corrupt { detail: "the seal is broken".to_owned() })?;
        Ok(StoredSession { bytes, version: version(&file.nonce) })
    }

    fn write(&self, path: &Path, key: &str, bytes: &[u8]) -> Result<i64, StoreError> {
        let mut nonce = [0_u8; NONCE_BYTES];
        getrandom::fill(&mut nonce)
            .map_err(|error| StoreError::Failed { detail: format!("the system gives no random bytes: {error}") })?;
        let header = [MAGIC.as_slice(), &self.key_id, &nonce].concat();
        let associated = [header.as_slice(), key.as_bytes()].concat();
        let payload = Payload { msg: bytes, aad: &associated };
        let ciphertext = self.cipher.encrypt(&XNonce::from(nonce), payload);
        let ciphertext = ciphertext.map_err(|_| StoreError::Failed { detail: "sealing failed".to_owned() })?;
        replace_file(path, &[header, ciphertext].concat()).map_err(explain)?;
        Ok(version(&nonce))
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl SessionStore for SealedFileStore {
    fn load(&self, key: String) -> Result<Option<StoredSession>, StoreError> {
        // A rename is atomic: no lock is needed to see a whole file.
        self.read(&self.path(&key))?.map(|file| self.unseal(&file, &key)).transpose()
    }

    fn compare_and_swap(&self, key: String, expected_version: Option<i64>, bytes: Vec<u8>) -> Result<i64, StoreError> {
        let bytes = Zeroizing::new(bytes);
        let path = self.path(&key);
        self.locked(&path, || {
            if self.read(&path)?.map(|file| version(&file.nonce)) != expected_version {
                return Err(StoreError::Conflict);
            }
            self.write(&path, &key, &bytes)
        })
    }

    fn delete(&self, key: String) -> Result<(), StoreError> {
        let path = self.path(&key);
        self.locked(&path, || match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(explain(error)),
            _ => sync_directory(&path).map_err(explain),
        })
    }
}

impl std::fmt::Debug for SealedFileStore {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "SealedFileStore({})", self.directory.display())
    }
}

/// The nonce is fresh for every write, so its first half never repeats: it serves as the version.
fn version(nonce: &[u8; NONCE_BYTES]) -> i64 {
    let mut first = [0; 8];
    first.copy_from_slice(&nonce[..8]);
    i64::from_le_bytes(first)
}

fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Whole or not at all, whenever the process is killed. Called under the session's lock.
fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = path.with_extension("new");
    remove_if_there(&new)?; // left behind by a killed process, or put there by another
    let mut file = private_file().create_new(true).open(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&new, path)?;
    sync_directory(path)
}

/// The lock file, made if need be. What is not a file of ours there is replaced.
fn open_lock(path: &Path) -> io::Result<File> {
    for _ in 0..LOCK_TRIES {
        match private_file().create_new(true).open(path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            made => return made,
        }
        match fs::symlink_metadata(path) {
            Ok(found) if found.is_file() => match private_file().open(path) {
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                opened => return opened.and_then(restrict),
            },
            Ok(_) => remove_if_there(path)?,
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("the lock file keeps changing"))
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// Takes an existing lock file's wider rights away, where it is ours to do so.
fn restrict(file: File) -> io::Result<File> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if file.metadata()?.permissions().mode() & 0o777 != 0o600 {
            file.set_permissions(fs::Permissions::from_mode(0o600))?;
        }
    }
    Ok(file)
}

fn private_directory(directory: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
        builder.mode(0o700);
        let is_wider = |found: fs::Metadata| found.is_dir() && found.permissions().mode() & 0o077 != 0;
        if fs::symlink_metadata(directory).is_ok_and(is_wider) && holds_only_sessions(directory)? {
            // It may belong to another user. Its mode is then that user's choice.
            let _ = fs::set_permissions(directory, fs::Permissions::from_mode(0o700));
        }
    }
    builder.create(directory)
}

/// Whether every file in the directory is one of ours.
#[cfg(unix)]
fn holds_only_sessions(directory: &Path) -> io::Result<bool> {
    for entry in fs::read_dir(directory)? {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with("session-") || ![".sealed", ".lock", ".new"].iter().any(|end| name.ends_with(end)) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Makes a rename or removal last through a loss of power, where the platform has that.
fn sync_directory(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(directory) if cfg!(unix) => File::open(directory)?.sync_all(),
        _ => Ok(()),
    }
}

fn explain(error: io::Error) -> StoreError {
    let detail = error.to_string();
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => StoreError::Full { detail },
        ErrorKind::PermissionDenied => StoreError::Unavailable { detail },
        _ => StoreError::Failed { detail },
    }
}

#[cfg(test)]
#[path = "sealed_file_tests.rs"]
mod tests;
