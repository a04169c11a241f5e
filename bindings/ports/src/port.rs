//! Messages to Dart's ports, as `dart_api_dl.h` and `dart_native_api.h` of the Dart SDK define them.

use std::mem::offset_of;
use std::sync::OnceLock;

/// `Dart_CObject`: a tag, and a union. Its largest member has five words; others are an `int64_t` or a `double`, which a 32-bit
/// ARM aligns to eight bytes too.
#[repr(C)]
pub struct Message {
    tag: i32,
    value: Value,
}

#[repr(C)]
union Value {
    integer: i32,
    _largest: [i64; 5],
}

// Dart reads the value there, on every platform that we build for.
const _: () = assert!(offset_of!(Message, value) == 8);

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

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    static POSTED: Mutex<Vec<(i64, i32, i32)>> = Mutex::new(Vec::new());

    unsafe extern "C" fn note(port: i64, message: *mut Message) -> bool {
        // SAFETY: what `aipass_dart_wake` hands over.
        let (tag, integer) = unsafe { ((*message).tag, (*message).value.integer) };
        POSTED.lock().unwrap().push((port, tag, integer));
        false // nobody listens any more
    }

    unsafe extern "C" fn other(_port: i64, _message: *mut Message) -> bool {
        panic!("it was given first to another isolate")
    }

    #[test]
    fn a_future_that_can_go_on_posts_so_to_its_port() {
        // Other tests post to other ports.
        let posted = || POSTED.lock().unwrap().iter().copied().filter(|(port, ..)| *port > 1000).collect::<Vec<_>>();
        aipass_dart_wake(1001, 1); // before there is a VM: nobody to tell
        assert_eq!(posted(), []);
        aipass_dart_initialize(note);
        aipass_dart_initialize(other);
        aipass_dart_wake(1001, 1);
        aipass_dart_wake(i64::MAX.cast_unsigned(), 0);
        assert_eq!(posted(), [(1001, INTEGER, 1), (i64::MAX, INTEGER, 0)]);
    }
}
