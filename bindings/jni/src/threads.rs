//! Threads of Rust that call Java.

use crate::environment::Environment;
use jni_sys::{JNI_OK, JNI_VERSION_1_4, JavaVM};
use std::ffi::c_void;
use std::ptr;

/// Detaches the thread when it ends. A thread that ends attached ends the process on Android.
struct Attached(*mut JavaVM);

impl Drop for Attached {
    fn drop(&mut self) {
        // SAFETY: the VM is that which the thread was attached to, and outlives its threads.
        unsafe { ((**self.0).v1_2.DetachCurrentThread)(self.0) };
    }
}

thread_local! {
    static ATTACHED: std::cell::RefCell<Vec<Attached>> = const { std::cell::RefCell::new(Vec::new()) };
}

/// The present thread's environment. A thread of Rust stays attached until it ends, because attaching takes longer than a
/// call; as a daemon, so that the VM does not wait for it. `None` if the VM is going away.
///
/// # Safety
/// The pointer is the Java VM's.
pub(crate) unsafe fn environment(vm: *mut JavaVM) -> Option<Environment> {
    let mut env: *mut c_void = ptr::null_mut();
    // SAFETY: the caller's promise.
    if unsafe { ((**vm).v1_2.GetEnv)(vm, &raw mut env, JNI_VERSION_1_4) } != JNI_OK {
        // SAFETY: as above. Without arguments the thread keeps its name.
        if unsafe { ((**vm).v1_4.AttachCurrentThreadAsDaemon)(vm, &raw mut env, ptr::null_mut()) } != JNI_OK {
            return None;
        }
        // It fails in a thread whose end has begun. That one stays attached: there is no later moment to detach it.
        _ = ATTACHED.try_with(|attached| attached.borrow_mut().push(Attached(vm)));
    }
    // SAFETY: it is of this thread.
    Some(unsafe { Environment::of(env.cast()) })
}
