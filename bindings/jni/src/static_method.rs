//! A method of a class that has no generated code.

use crate::environment::Environment;
use crate::native::Upcall;
use crate::threads;
use jni_sys::{JNIEnv, JavaVM, jclass, jmethodID, jvalue};

/// A static method of Java that takes arrays of bytes and returns one, or null. It may be called on any thread, and is kept for as
/// long as the process lives.
pub struct StaticMethod {
    vm: *mut JavaVM,
    class: jclass,
    method: jmethodID,
}

// SAFETY: the VM, a global reference and the id of a method are the same on every thread.
unsafe impl Send for StaticMethod {}
// SAFETY: as above.
unsafe impl Sync for StaticMethod {}

/// The method threw, or could not be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thrown;

impl StaticMethod {
    /// `None` if the class has no such method. Its signature has arrays of bytes only, such as `([B[B)[B`.
    ///
    /// # Safety
    /// Java passed both to a native method that has not returned.
    pub unsafe fn find(env: *mut JNIEnv, class: jclass, method: &Upcall) -> Option<Self> {
        // SAFETY: the caller's promise.
        let environment = unsafe { Environment::of(env) };
        let found = environment.static_method(class, method.name, method.signature);
        if environment.take_exception() {
            return None;
        }
        Some(Self { vm: environment.vm()?, class: environment.global(class)?, method: found? })
    }

    /// Calls it with as many arrays as its signature has.
    ///
    /// # Errors
    /// [`Thrown`].
    pub fn call<const ARRAYS: usize>(&self, arguments: [&[u8]; ARRAYS]) -> Result<Option<Vec<u8>>, Thrown> {
        // SAFETY: the VM is that of `find`.
        let environment = unsafe { threads::environment(self.vm) }.ok_or(Thrown)?;
        environment.in_frame(|| self.call_in(environment, arguments)).ok_or(Thrown)?
    }

    fn call_in<const ARRAYS: usize>(
        &self,
        environment: Environment,
        arguments: [&[u8]; ARRAYS],
    ) -> Result<Option<Vec<u8>>, Thrown> {
        let mut arrays = [std::ptr::null_mut(); ARRAYS];
        for (array, bytes) in arrays.iter_mut().zip(arguments) {
            *array = environment.array(bytes);
            // No room in Java's memory. Nothing may be called until that is taken away.
            if environment.take_exception() {
                return Err(Thrown);
            }
        }
        let returned = environment.call_static_object(self.class, self.method, &arrays.map(|l| jvalue { l }));
        if environment.take_exception() {
            return Err(Thrown);
        }
        Ok((!returned.is_null()).then(|| environment.bytes(returned)))
    }
}
