//! What one generated library knows of Java: its class, and the methods that Rust calls.

use crate::crossing::Replied;
use crate::environment::Environment;
use crate::native::{Native, Upcall};
use crate::{buffers, threads};
use jni_sys::{JNIEnv, JavaVM, jclass, jfieldID, jlong, jmethodID, jobject, jvalue};
use std::ffi::CStr;
use std::mem::ManuallyDrop;
use std::sync::OnceLock;
use uniffi::{RustBuffer, RustCallStatus, RustCallStatusCode};

/// The class that Java calls and that Rust calls, once it is registered.
pub struct Bridge(OnceLock<Registered>);

struct Registered {
    vm: *mut JavaVM,
    class: jclass,
    status: Status,
    resume: jmethodID,
    /// The methods of the host's objects, in the order in which they were registered.
    methods: Vec<jmethodID>,
}

/// The class of a call's status, and its fields.
struct Status {
    class: jclass,
    constructor: jmethodID,
    code: jfieldID,
    error: jfieldID,
    result: jfieldID,
}

// SAFETY: the VM may be used by every thread, and classes, methods and fields are global.
unsafe impl Send for Registered {}
unsafe impl Sync for Registered {}

impl Bridge {
    /// Not registered yet.
    #[allow(clippy::new_without_default, reason = "a constant")]
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// Registers the native methods of a class, and finds those that Rust calls: `methods` are static
    /// ones. Returns false, mostly with an exception of Java's, if the class is not as expected.
    ///
    /// # Safety
    /// Java passed both, and the native methods have the signatures that they say.
    pub unsafe fn register(
        &self,
        env: *mut JNIEnv,
        class: jclass,
        status: &CStr,
        natives: &[Native],
        methods: &[&[Upcall]],
    ) -> bool {
        // SAFETY: Java passed it to this call.
        let env = unsafe { Environment::of(env) };
        if !env.register(class, natives) || !env.register(class, &buffers::NATIVES) {
            return false;
        }
        let Some(registered) = Registered::find(env, class, status, methods) else { return false };
        self.0.get_or_init(|| registered);
        true
    }

    /// Tells Java how a call ended that failed. Java's status says "success" until then.
    ///
    /// # Safety
    /// Java passed both to the call that ends.
    pub unsafe fn report(&self, env: *mut JNIEnv, status: jobject, outcome: RustCallStatus) {
        let Some(registered) = self.0.get() else { return };
        // SAFETY: the caller's promise.
        let env = unsafe { Environment::of(env) };
        let error = ManuallyDrop::into_inner(outcome.error_buf);
        env.set_byte(status, registered.status.code, outcome.code as i8);
        env.set_long(status, registered.status.error, buffers::give(error.destroy_into_vec()));
    }

    /// Resumes what waits for a future, from whichever thread woke it.
    pub fn resume(&self, waiting: u64, result: i8) {
        let Some(registered) = self.0.get() else { return };
        let arguments = [jvalue { j: waiting as jlong }, jvalue { b: result }];
        registered.with_environment(|env| {
            env.call_static(registered.class, registered.resume, &arguments);
            env.take_exception();
        });
    }

    /// Calls a method of a host's object. The last of the arguments is where the status goes.
    pub fn call<T: Replied + Default>(
        &self,
        method: usize,
        arguments: &mut [jvalue],
        status: &mut RustCallStatus,
    ) -> T {
        let registered = self.0.get();
        let outcome = registered.and_then(|registered| {
            registered.with_environment(|env| registered.call(env, method, arguments)).flatten()
        });
        let (code, error, result) = outcome.unwrap_or((RustCallStatusCode::UnexpectedError as i8, 0, 0));
        if code == RustCallStatusCode::Success as i8 {
            // SAFETY: Java passes an address on, and forgets it.
            return unsafe { T::read(result) };
        }
        let failed = code == RustCallStatusCode::Error as i8;
        status.code = if failed { RustCallStatusCode::Error } else { RustCallStatusCode::UnexpectedError };
        // SAFETY: as above.
        status.error_buf = ManuallyDrop::new(unsafe { RustBuffer::read(error) });
        T::default()
    }
}

impl Registered {
    fn find(env: Environment, class: jclass, status: &CStr, methods: &[&[Upcall]]) -> Option<Self> {
        let status = env.find_class(status)?;
        let status = Status {
            class: env.global(status)?,
            constructor: env.method(status, c"<init>", c"()V")?,
            code: env.field(status, c"code", c"B")?,
            error: env.field(status, c"error_buf", c"J")?,
            result: env.field(status, c"result", c"J")?,
        };
        let methods =
            methods.iter().copied().flatten().map(|method| env.static_method(class, method.name, method.signature));
        Some(Self {
            vm: env.vm()?,
            class: env.global(class)?,
            status,
            resume: env.static_method(class, c"resume", c"(JB)V")?,
            methods: methods.collect::<Option<_>>()?,
        })
    }

    /// Nothing if this thread cannot call Java.
    fn with_environment<T>(&self, work: impl FnOnce(Environment) -> T) -> Option<T> {
        // SAFETY: it is the VM that registered the class.
        let env = unsafe { threads::environment(self.vm) }?;
        env.in_frame(|| work(env))
    }

    /// The status, the address of the error, and the bits of the result. Nothing if Java threw, which the generated code
    /// does not.
    fn call(&self, env: Environment, method: usize, arguments: &mut [jvalue]) -> Option<(i8, jlong, jlong)> {
        let Some(status) = env.new_object(self.status.class, self.status.constructor) else {
            env.take_exception();
            return None;
        };
        if let Some(last) = arguments.last_mut() {
            *last = jvalue { l: status };
        }
        env.call_static(self.class, *self.methods.get(method)?, arguments);
        if env.take_exception() {
            return None;
        }
        let code = env.byte(status, self.status.code);
        Some((code, env.long(status, self.status.error), env.long(status, self.status.result)))
    }
}
