//! Messages to Dart's ports, as `dart_api_dl.h` and `dart_native_api.h` of the Dart SDK define them.

use std::sync::OnceLock;

/// `Dart_CObject`: a tag, and a union whose largest member has five words.
#[repr(C)]
pub struct Message {
    tag: i32,
    value: [i64; 5],
}

/// `Dart_CObject_kNull`. The message needs no content: that it comes means that the result is ready.
const NULL: i32 = 0;

/// `Dart_PostCObject`. It copies the message and may be called from any thread. Returns whether the port was open.
pub type Post = unsafe extern "C" fn(port: i64, message: *mut Message) -> bool;

static POST: OnceLock<Post> = OnceLock::new();

/// Sets the function that posts. It is the same for the whole process.
pub(crate) fn set_post(post: Post) {
    POST.get_or_init(|| post);
}

/// Posts a message to the port. If the isolate has ended, the message is dropped.
pub(crate) fn post(port: i64) {
    let Some(post) = POST.get() else { return };
    let mut message = Message { tag: NULL, value: [0; 5] };
    // SAFETY: Dart's own function, called with a message of its layout that outlives the call.
    unsafe { post(port, &raw mut message) };
}
