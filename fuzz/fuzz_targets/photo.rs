#![no_main]

use aipass_photo::{PhotoLimits, prepare};

// A photo is prepared within its limits, or refused. What was prepared can be prepared again.
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let limits = PhotoLimits::default();
    if let Ok(photo) = prepare(data, &limits) {
        assert!(prepare(&photo.bytes, &limits).is_ok(), "what was prepared is no photo");
    }
});
