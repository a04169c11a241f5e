//! Messages to Dart's ports, as `dart_api_dl.h` and `dart_native_api.h` of the Dart SDK define them.

use crate::driver;
use std::sync::OnceLock;

/// `Dart_CObject`: a tag, and a union whose largest member has five words.
#[repr(C)]
pub struct Message {
    tag: i32,
    value: [i64; 5],
}

/// `Dart_CObject_kNull`, which has no value: that there is a message says it all.
const NULL: i32 = 0;

/// `Dart_PostCObject`. It copies the message, may be called from any thread, and answers whether the port was open.
type Post = unsafe extern "C" fn(port: i64, message: *mut Message) -> bool;

static POST: OnceLock<Post> = OnceLock::new();

/// Takes the Dart VM's `NativeApi.postCObject`: every isolate brings it before its first call, and it is the same for all of a
/// process. Answers whether calls can be driven, which takes a thread.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_initialize(post: Post) -> bool {
    POST.get_or_init(|| post);
    driver::start().is_ok()
}

/// Posts a message to the port. Where nobody listens any more, because the isolate has ended, it is dropped.
pub(crate) fn post(port: i64) {
    let Some(post) = POST.get() else { return };
    let mut message = Message { tag: NULL, value: [0; 5] };
    // SAFETY: Dart's own function, given a message of its layout that outlives the call.
    unsafe { post(port, &raw mut message) };
}
