//! The results of a long run, kept in a file so that it can be continued.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::Write as _;

use serde::{Deserialize, Serialize};

use super::compare::Compared;

/// What became of one photo.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Scanned {
    pub seed: u64,
    pub region: String,
    /// Why it could not be scanned.
    pub failure: Option<String>,
    /// `agrees`, `off`, or `cannot tell`.
    pub verdict: String,
    pub fields: Vec<Compared>,
}

/// A file with one line of JSON for each photo.
pub struct Results {
    done: BTreeMap<u64, Scanned>,
    file: Option<File>,
}

impl Results {
    /// With what the file of `RECEIPTS_RESUME` has, if that is set. Its last line may be cut off.
    pub fn open() -> Self {
        let Some(path) = std::env::var_os("RECEIPTS_RESUME").filter(|path| !path.is_empty()) else {
            return Self { done: BTreeMap::new(), file: None };
        };
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let lines = text.lines().filter_map(|line| serde_json::from_str::<Scanned>(line).ok());
        let done = lines.map(|scanned| (scanned.seed, scanned)).collect();
        let mut file = OpenOptions::new().append(true).create(true).open(&path).expect("the file of --resume");
        if !text.is_empty() && !text.ends_with('\n') {
            file.write_all(b"\n").expect("the file of --resume");
        }
        Self { done, file: Some(file) }
    }

    pub fn has(&self, seed: u64) -> bool {
        self.done.contains_key(&seed)
    }

    pub fn add(&mut self, scanned: Scanned) {
        if let Some(file) = &mut self.file {
            let line = serde_json::to_string(&scanned).expect("JSON");
            file.write_all(format!("{line}\n").as_bytes()).expect("the file of --resume");
        }
        self.done.insert(scanned.seed, scanned);
    }

    /// Those of these receipts, in the order of their seeds.
    pub fn of(&self, seeds: std::ops::Range<u64>) -> impl Iterator<Item = &Scanned> {
        self.done.range(seeds).map(|(_, scanned)| scanned)
    }
}
