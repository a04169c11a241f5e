//! Results that are no text: into a file, or to standard output.
//!
//! A file is made in a folder beside its place and gets its name when it is whole. What is there already stays as it is,
//! unless --force says otherwise, and then until the new file is whole.

use crate::args::OutputArgs;
use crate::failure::{Failure, Status};
use crate::figures::grouped;
use crate::output;
use serde::Serialize;
use std::fs;
use std::io::{ErrorKind, IsTerminal};
use std::path::{Path, PathBuf};
use tempfile::{TempDir, TempPath};
use tokio::io::AsyncWriteExt;

/// Where a result goes. Chosen before a call: it should not cost money if its result cannot be kept.
pub enum Destination {
    StandardOutput,
    File(ResultFile),
}

/// A file in the making. Dropped before it is kept, it leaves nothing behind.
pub struct ResultFile {
    /// As the user named it.
    path: PathBuf,
    /// Where it will be, which is elsewhere if a link is replaced.
    target: PathBuf,
    replace: bool,
    /// Beside the file's place, so that the last step is one that happens or not.
    workshop: TempDir,
}

/// A file that was written.
#[derive(Debug, Serialize)]
pub struct Saved {
    pub file: String,
    bytes: u64,
}

impl Destination {
    pub fn of(args: &OutputArgs, json: bool) -> Result<Self, Failure> {
        Self::choose(&args.out, args.force, json)
    }

    /// Where --out says. With `json` standard output is taken.
    pub fn choose(out: &Path, replace: bool, json: bool) -> Result<Self, Failure> {
        if out != Path::new("-") {
            return Ok(Self::File(ResultFile::reserve(out, replace)?));
        }
        if json {
            let sentence = "--json and --out - would both write to standard output: name a file with --out.";
            return Err(Failure::new(Status::Usage, "usage", sentence));
        }
        refuse_terminal()?;
        Ok(Self::StandardOutput)
    }
}

/// A terminal would take the bytes for commands.
pub fn refuse_terminal() -> Result<(), Failure> {
    if !std::io::stdout().is_terminal() {
        return Ok(());
    }
    let sentence = "The result is no text, and a terminal cannot show it: name a file with --out, or pipe it on.";
    Err(Failure::new(Status::Usage, "usage", sentence))
}

/// Writes to standard output, which may be a reader that takes its time.
pub async fn to_standard_output(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = tokio::io::stdout();
    let written = async {
        stdout.write_all(bytes).await?;
        stdout.flush().await
    };
    written.await.map_err(|error| Failure::from_output(&error))
}

/// Writes a whole file to standard output.
pub async fn file_to_standard_output(path: &Path) -> Result<(), Failure> {
    let mut stdout = tokio::io::stdout();
    let written = async {
        tokio::io::copy(&mut tokio::fs::File::open(path).await?, &mut stdout).await?;
        stdout.flush().await
    };
    written.await.map_err(|error| Failure::from_output(&error))
}

impl ResultFile {
    /// Makes room for a file at `path`.
    pub fn reserve(path: &Path, replace: bool) -> Result<Self, Failure> {
        Self::try_reserve(path, replace).map_err(|failure| failure.about(path))
    }

    fn try_reserve(path: &Path, replace: bool) -> Result<Self, Failure> {
        let target = match path.symlink_metadata() {
            Ok(_) if !replace => return Err(exists()),
            Ok(_) => replaceable(path)?,
            Err(error) if error.kind() == ErrorKind::NotFound => path.to_owned(),
            Err(error) => return Err(unwritable(&error)),
        };
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let workshop = tempfile::Builder::new().prefix(".aipass-").tempdir_in(folder);
        let workshop = workshop.map_err(|error| unwritable(&error))?;
        Ok(Self { path: path.to_owned(), target, replace, workshop })
    }

    /// Where to write it. There is no such file yet.
    pub fn draft(&self) -> PathBuf {
        self.workshop.path().join("result")
    }

    /// Gives the draft its name.
    pub fn keep(self) -> Result<Saved, Failure> {
        let draft = self.draft();
        let kept = draft.metadata().and_then(|metadata| self.name(&draft).map(|()| metadata.len()));
        match kept {
            Ok(bytes) => Ok(Saved { file: self.path.to_string_lossy().into_owned(), bytes }),
            Err(error) => {
                // What was paid for is not thrown away.
                let draft = self.workshop.keep().join("result");
                let failure = if error.kind() == ErrorKind::AlreadyExists { exists() } else { unwritable(&error) };
                let sentence = format!("{} The result was left in {}.", failure.sentence, draft.display());
                Err(Failure { sentence, ..failure }.about(&self.path))
            }
        }
    }

    fn name(&self, draft: &Path) -> std::io::Result<()> {
        if self.replace {
            return fs::rename(draft, &self.target);
        }
        let kept = TempPath::try_from_path(draft)?.persist_noclobber(&self.target);
        kept.map_err(|refused| {
            // Not removed when it is dropped: it is the only copy.
            let _ = refused.path.keep();
            refused.error
        })
    }

    /// Writes these bytes, and gives them their name.
    pub fn write(self, bytes: &[u8]) -> Result<Saved, Failure> {
        let written = fs::File::create_new(self.draft()).and_then(|mut file| {
            std::io::Write::write_all(&mut file, bytes)?;
            file.sync_all()
        });
        written.map_err(|error| unwritable(&error).about(&self.path))?;
        self.keep()
    }
}

impl Saved {
    /// In one line.
    pub fn shown(&self) -> String {
        let bytes = grouped(usize::try_from(self.bytes).unwrap_or(usize::MAX));
        format!("{}, {bytes} bytes", output::printable(&self.file))
    }

    /// Tells where the result is.
    pub fn print(&self, json: bool) -> Result<(), Failure> {
        if json { output::json(self, false) } else { output::line(self.shown()) }
    }
}

/// The file that --force may replace: where a link leads, and no device.
fn replaceable(path: &Path) -> Result<PathBuf, Failure> {
    let target = path.canonicalize().map_err(|error| unwritable(&error))?;
    if !target.is_file() {
        let sentence = "It is there already and no ordinary file: choose another --out, or - for standard output.";
        return Err(Failure::other("file_exists", sentence));
    }
    Ok(target)
}

fn exists() -> Failure {
    let sentence = "It is there already and was left as it is: choose another --out, or replace it with --force.";
    Failure::other("file_exists", sentence)
}

fn unwritable(error: &std::io::Error) -> Failure {
    match error.kind() {
        ErrorKind::NotFound => Failure::other("file", "There is no such folder: check --out."),
        ErrorKind::NotADirectory => Failure::other("file", "It would be in a file, not in a folder: check --out."),
        _ => Failure::other("file", format!("It cannot be written: {error}; check --out.")),
    }
}
