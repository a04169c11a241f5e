//! Files: the sealed store's, and those that an app hands over.

use super::{answer, block_on, signed_in};
use crate::session::sealed_file::SealedFileStore;
use crate::session::store::SessionStore;
use crate::{AudioFile, Error, TranscriptionRequest};
use std::sync::atomic::{AtomicU64, Ordering};

/// L9, S5: a sealed file that somebody else wrote is an error, and stays as it is.
pub fn sealed_file(data: &[u8]) {
    // Several inputs may be tried at the same time.
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let directory = std::env::temp_dir().join(format!("aipass-fuzz-{}-{number}", std::process::id()));
    let store = SealedFileStore::open(&directory, &[7; 32]).expect("a store");
    let key = "one.aipass.session.fuzz".to_owned();
    let path = store.path(&key);
    std::fs::write(&path, data).expect("a file");
    assert!(store.load(key.clone()).is_err(), "a forged file is believed");
    assert!(store.compare_and_swap(key, None, b"{}".to_vec()).is_err(), "a file that cannot be read is overwritten");
    assert_eq!(std::fs::read(&path).expect("a file"), data);
    std::fs::remove_dir_all(&directory).expect("a folder");
}

/// P8: a recording is sent as what it is, or refused before it costs money.
pub fn audio(data: &[u8]) {
    let recording = data.to_vec();
    block_on(async {
        let ai = signed_in(move |_| answer(200, r#"{"text":"hello"}"#)).await;
        let mut request = TranscriptionRequest::new(AudioFile::from(recording));
        request.model = Some("some/model".to_owned());
        match ai.transcribe(request).await {
            Ok(transcript) => assert_eq!(transcript.text, "hello"),
            Err(error) => assert!(matches!(error, Error::InvalidInput { .. }), "{error}"),
        }
    });
}
