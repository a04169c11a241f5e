//! The program's own folder: the platform's place for a program's data, or `AIPASS_HOME`.

use crate::failure::Failure;
use etcetera::BaseStrategy;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The folder, which is made if need be and which only its owner may look into.
pub fn directory() -> Result<PathBuf, Failure> {
    let own = std::env::var_os("AIPASS_HOME").filter(|path| !path.is_empty()).map(PathBuf::from);
    let directory = match own {
        Some(directory) => directory,
        None => etcetera::base_strategy::choose_native_strategy()
            .map_err(|_| Failure::other("home", "There is no home directory: set AIPASS_HOME to a folder."))?
            .data_dir()
            .join("aipass"),
    };
    create_private(&directory).map_err(|error| unusable(&directory, &error))?;
    Ok(directory)
}

fn create_private(directory: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)
}

/// The file's content; `None` if there is no such file.
pub fn read(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unusable(path, &error)),
    }
}

/// Writes the file whole or not at all, for its owner alone. With `replace: false` a file that is there stays as it is.
pub fn write(path: &Path, bytes: &[u8], replace: bool) -> Result<(), Failure> {
    // A name of this process's own, so that two of them do not write into one file.
    let new = path.with_extension(format!("{}.new", std::process::id()));
    let written = write_beside(path, &new, bytes, replace);
    if written.is_err() || !replace {
        let _ = fs::remove_file(&new);
    }
    written.map_err(|error| unusable(path, &error))
}

fn write_beside(path: &Path, new: &Path, bytes: &[u8], replace: bool) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    if replace {
        return fs::rename(new, path);
    }
    match fs::hard_link(new, path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        linked => linked,
    }
}

/// Waits until no other process holds this file's lock, and holds it until the file is dropped.
pub fn lock(path: &Path) -> Result<fs::File, Failure> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(|error| unusable(path, &error))?;
    fs4::FileExt::lock(&file).map_err(|error| unusable(path, &error))?;
    Ok(file)
}

fn unusable(path: &Path, error: &io::Error) -> Failure {
    let sentence = format!("{} cannot be used: {error}; set AIPASS_HOME to another folder.", path.display());
    Failure::other("home", sentence)
}
