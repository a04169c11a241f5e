use super::*;
use std::sync::Arc;

/// A directory of the test's own, gone with it.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        let mut name = [0_u8; 8];
        getrandom::fill(&mut name).unwrap();
        Self(std::env::temp_dir().join(format!("aipass-test-{:016x}", u64::from_le_bytes(name))))
    }

    fn store(&self, key: u8) -> SealedFileStore {
        SealedFileStore::open(&self.0, &[key; 32]).unwrap()
    }

    fn file(&self) -> PathBuf {
        self.store(1).path("k")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn save(store: &SealedFileStore, expected: Option<i64>, bytes: &str) -> Result<i64, StoreError> {
    store.compare_and_swap("k".into(), expected, bytes.into())
}

fn load(store: &SealedFileStore) -> Result<Option<String>, StoreError> {
    Ok(store.load("k".into())?.map(|entry| String::from_utf8(entry.bytes).unwrap()))
}

#[test]
fn what_was_stored_is_there_after_a_restart() {
    let scratch = Scratch::new();
    assert_eq!(load(&scratch.store(1)), Ok(None));
    let first = save(&scratch.store(1), None, "one").unwrap();
    let second = save(&scratch.store(1), Some(first), "two").unwrap();
    assert_ne!(first, second);
    assert_eq!(load(&scratch.store(1)), Ok(Some("two".into())));
    scratch.store(1).delete("k".into()).unwrap();
    assert_eq!(load(&scratch.store(1)), Ok(None));
    scratch.store(1).delete("k".into()).unwrap();
}

// S5
#[test]
fn nothing_is_readable_at_rest_and_only_the_user_may_open_it() {
    let scratch = Scratch::new();
    let version = save(&scratch.store(1), None, "canary").unwrap();
    let first = fs::read(scratch.file()).unwrap();
    save(&scratch.store(1), Some(version), "canary").unwrap();
    let second = fs::read(scratch.file()).unwrap();
    assert!(!String::from_utf8_lossy(&first).contains("canary"));
    assert_ne!(first[HEADER_BYTES..], second[HEADER_BYTES..], "the nonce must be fresh");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(scratch.file()).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

/// Links, modes and pipes are Unix's.
#[cfg(unix)]
mod rights {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn mode(path: &Path) -> u32 {
        fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    // S5, G11
    #[test]
    fn what_stands_where_a_file_is_written_is_replaced_and_never_followed() {
        for end in ["new", "lock"] {
            let scratch = Scratch::new();
            let version = save(&scratch.store(1), None, "one").unwrap();
            let (planted, target) = (scratch.file().with_extension(end), scratch.0.join("target"));
            fs::write(&target, "another's").unwrap();
            for link_to in [target.clone(), scratch.0.join("nothing"), scratch.0.clone()] {
                let _ = fs::remove_file(&planted);
                symlink(&link_to, &planted).unwrap();
                let before = load(&scratch.store(1)).unwrap();
                let version = scratch.store(1).load("k".into()).unwrap().unwrap().version;
                save(&scratch.store(1), Some(version), "two").unwrap();
                assert!(before.is_some());
                assert_eq!(fs::read_to_string(&target).unwrap(), "another's", "{end}");
                assert!(!scratch.0.join("nothing").exists(), "{end}");
                assert!(fs::symlink_metadata(&planted).map_or(true, |found| found.is_file()), "{end}");
            }
            assert_ne!(scratch.store(1).load("k".into()).unwrap().unwrap().version, version);
            assert_eq!(load(&scratch.store(1)), Ok(Some("two".into())));
        }
    }

    // S5, G11
    #[test]
    fn wider_rights_are_not_taken_over() {
        let scratch = Scratch::new();
        let version = save(&scratch.store(1), None, "one").unwrap();
        assert_eq!(mode(&scratch.0), 0o700);
        let new = scratch.file().with_extension("new");
        for planted in [&new, &scratch.file().with_extension("lock"), &scratch.file()] {
            fs::OpenOptions::new().append(true).create(true).open(planted).unwrap();
            set_mode(planted, 0o666);
        }
        set_mode(&scratch.0, 0o755);
        save(&scratch.store(1), Some(version), "two").unwrap();
        for file in [scratch.0.clone(), scratch.file(), scratch.file().with_extension("lock")] {
            assert_eq!(mode(&file) & 0o077, 0, "{}", file.display());
        }
        assert!(!new.exists());
    }

    // G11: a directory that the app uses for other things keeps its rights
    #[test]
    fn a_directory_is_made_private_only_if_it_is_ours_alone() {
        let scratch = Scratch::new();
        let below = scratch.0.join("a/b");
        SealedFileStore::open(&below, &[1; 32]).unwrap();
        assert_eq!((mode(&below), mode(&scratch.0)), (0o700, 0o700));
        fs::write(below.join("photo.jpg"), "").unwrap();
        set_mode(&below, 0o755);
        SealedFileStore::open(&below, &[1; 32]).unwrap();
        assert_eq!(mode(&below), 0o755);
    }

    // L9: a link is reported, not followed and not removed, until the app forgets the session
    #[test]
    fn a_link_in_place_of_a_session_is_damage() {
        let scratch = Scratch::new();
        save(&scratch.store(1), None, "one").unwrap();
        fs::rename(scratch.file(), scratch.0.join("moved")).unwrap();
        symlink(scratch.0.join("moved"), scratch.file()).unwrap();
        assert!(matches!(load(&scratch.store(1)), Err(StoreError::Corrupt { .. })));
        assert!(matches!(save(&scratch.store(1), None, "two"), Err(StoreError::Corrupt { .. })));
        scratch.store(1).delete("k".into()).unwrap();
        assert!(scratch.0.join("moved").exists());
        assert_eq!(load(&scratch.store(1)), Ok(None));
    }
}

// L12: compare-and-swap holds, also over a delete in between
#[test]
fn a_stale_writer_is_refused() {
    let scratch = Scratch::new();
    let first = save(&scratch.store(1), None, "one").unwrap();
    save(&scratch.store(1), Some(first), "two").unwrap();
    assert_eq!(save(&scratch.store(1), Some(first), "late"), Err(StoreError::Conflict));
    assert_eq!(save(&scratch.store(1), None, "late"), Err(StoreError::Conflict));
    scratch.store(1).delete("k".into()).unwrap();
    assert_eq!(save(&scratch.store(1), Some(first), "late"), Err(StoreError::Conflict));
    assert_eq!(load(&scratch.store(1)), Ok(None));
}

// L12
#[test]
fn of_many_writers_at_once_one_wins_each_round() {
    let scratch = Scratch::new();
    let first = save(&scratch.store(1), None, "0").unwrap();
    let stores: Vec<_> = (0..8).map(|_| Arc::new(scratch.store(1))).collect();
    let writers: Vec<_> =
        stores.into_iter().map(|store| std::thread::spawn(move || save(&store, Some(first), "1").is_ok())).collect();
    assert_eq!(writers.into_iter().map(|writer| writer.join().unwrap()).filter(|won| *won).count(), 1);
}

// L14, L9: told apart, and left untouched
#[test]
fn a_lost_key_and_a_damaged_file_are_different_errors_and_neither_wipes_it() {
    let scratch = Scratch::new();
    save(&scratch.store(1), None, "one").unwrap();
    let whole = fs::read(scratch.file()).unwrap();
    assert!(matches!(load(&scratch.store(2)), Err(StoreError::KeyLost { .. })));
    assert!(matches!(save(&scratch.store(2), None, "x"), Err(StoreError::KeyLost { .. })));
    assert_eq!(fs::read(scratch.file()).unwrap(), whole);

    for damaged in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[damaged] ^= 1;
        fs::write(scratch.file(), &bytes).unwrap();
        assert!(
            matches!(load(&scratch.store(1)), Err(StoreError::Corrupt { .. } | StoreError::KeyLost { .. })),
            "{damaged}"
        );
    }
    for cut in 0..whole.len() {
        fs::write(scratch.file(), &whole[..cut]).unwrap();
        assert!(matches!(load(&scratch.store(1)), Err(StoreError::Corrupt { .. })), "{cut}");
    }
    scratch.store(2).delete("k".into()).unwrap();
    assert_eq!(load(&scratch.store(2)), Ok(None));
}

// L10: an entry moved under another name is not taken for that name's
#[test]
fn a_sealed_entry_belongs_to_its_key() {
    let scratch = Scratch::new();
    save(&scratch.store(1), None, "one").unwrap();
    fs::rename(scratch.file(), scratch.store(1).path("other")).unwrap();
    assert!(matches!(scratch.store(1).load("other".into()), Err(StoreError::Corrupt { .. })));
}

#[test]
fn a_key_of_the_wrong_size_and_an_unusable_directory_are_named() {
    let scratch = Scratch::new();
    assert!(
        matches!(SealedFileStore::open(&scratch.0, b"short"), Err(StoreError::Failed { detail }) if detail.contains("5 bytes"))
    );
    fs::write(&scratch.0, b"a file").unwrap();
    assert!(SealedFileStore::open(scratch.0.join("below"), &[0; 32]).is_err());
    fs::remove_file(&scratch.0).unwrap();
}
