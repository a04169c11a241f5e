//! The latest generated files, in memory.

use std::collections::VecDeque;

use bytes::Bytes;

/// More than this in all pushes out the oldest files.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// The latest files.
#[derive(Default)]
pub(super) struct FileStore(VecDeque<File>);

pub(super) struct File {
    /// Random: it is all that a client needs to fetch the file.
    pub(super) name: String,
    pub(super) media_type: &'static str,
    pub(super) content: Bytes,
}

impl FileStore {
    pub(super) fn find(&self, name: &str) -> Option<&File> {
        self.0.iter().find(|file| file.name == name)
    }

    pub(super) fn add(&mut self, file: File) {
        self.0.push_back(file);
        let bytes = |files: &VecDeque<File>| files.iter().map(|file| file.content.len()).sum::<usize>();
        while self.0.len() > 1 && bytes(&self.0) > MAX_BYTES {
            self.0.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_files_are_pushed_out() {
        let mut files = FileStore::default();
        for name in ["first", "second", "third"] {
            let content = Bytes::from(vec![0; MAX_BYTES / 2]);
            files.add(File { name: name.to_owned(), media_type: "image/png", content });
        }
        let names: Vec<&str> = files.0.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["second", "third"]);
    }
}
