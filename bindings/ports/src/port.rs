//! Messages to Dart's ports, as `dart_api_dl.h` and `dart_native_api.h` of the Dart SDK define them.

use std::ffi::c_void;
use std::sync::OnceLock;

/// `Dart_CObject`: a tag, and a union whose largest member has five words.
#[repr(C)]
pub struct Message {
    tag: i32,
    value: Value,
}

#[repr(C)]
union Value {
    integer: i32,
    _largest: [*const c_void; 5],
}

/// `Dart_CObject_kInt32`.
const INTEGER: i32 = 2;

/// `Dart_PostCObject`. It copies the message, may be called from any thread, and answers whether the port was open.
type Post = unsafe extern "C" fn(port: i64, message: *mut Message) -> bool;

static POST: OnceLock<Post> = OnceLock::new();

/// Takes the Dart VM's `NativeApi.postCObject`. Every isolate brings it, and it is the same for all of a process.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_initialize(post: Post) {
    POST.get_or_init(|| post);
}

/// UniFFI's continuation for Dart: posts `result` to the port whose number is `data`. Where nobody listens any more, because
/// the isolate has ended, the message is dropped.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_wake(data: u64, result: i8) {
    let Some(post) = POST.get() else { return };
    let mut message = Message { tag: INTEGER, value: Value { integer: result.into() } };
    // SAFETY: Dart's own function, given a message of its layout that outlives the call.
    unsafe { post(data.cast_signed(), &raw mut message) };
}
