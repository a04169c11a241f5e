//! The functions of a Java VM that are needed, with the types of Rust.

use crate::native::Native;
use jni_sys::{JNI_OK, JNIEnv, JavaVM, jbyteArray, jclass, jfieldID, jint, jlong, jmethodID, jobject, jsize, jvalue};
use std::ffi::{CStr, c_void};
use std::ptr;

/// The Java VM's table of functions for the present thread.
#[derive(Clone, Copy)]
pub(crate) struct Environment(*mut JNIEnv);

/// Calls a function of the table.
macro_rules! call {
    ($self:ident, $version:ident.$name:ident($($argument:expr),*)) => {
        // SAFETY: the table is the VM's, of this thread; each function gets what its documentation asks for.
        unsafe { ((**$self.0).$version.$name)($self.0, $($argument),*) }
    };
}

impl Environment {
    /// Wraps what Java passed, or what attaching the thread returned.
    ///
    /// # Safety
    /// It is the table of the present thread. Objects are passed to the methods that Java passed to the same call, or
    /// that are global.
    pub(crate) unsafe fn of(env: *mut JNIEnv) -> Self {
        Self(env)
    }

    pub(crate) fn vm(self) -> Option<*mut JavaVM> {
        let mut vm = ptr::null_mut();
        (call!(self, v1_2.GetJavaVM(&raw mut vm)) == JNI_OK).then_some(vm)
    }

    /// A direct `ByteBuffer` over the bytes. Null, with an exception of Java's, if it cannot be made.
    pub(crate) fn view(self, bytes: &mut [u8]) -> jobject {
        let size = jlong::try_from(bytes.len()).unwrap_or_default();
        call!(self, v1_4.NewDirectByteBuffer(bytes.as_mut_ptr().cast::<c_void>(), size))
    }

    pub(crate) fn bytes(self, array: jbyteArray) -> Vec<u8> {
        let length: jsize = call!(self, v1_2.GetArrayLength(array));
        let mut bytes = vec![0; usize::try_from(length).unwrap_or_default()];
        call!(self, v1_2.GetByteArrayRegion(array, 0, length, bytes.as_mut_ptr().cast()));
        bytes
    }

    /// Null, with an exception of Java's, if there is no room.
    pub(crate) fn array(self, bytes: &[u8]) -> jbyteArray {
        // Longer than Java's longest array: it refuses the largest of all sizes with the right exception.
        let length = jsize::try_from(bytes.len()).unwrap_or(jsize::MAX);
        let array = call!(self, v1_2.NewByteArray(length));
        if !array.is_null() {
            call!(self, v1_2.SetByteArrayRegion(array, 0, length, bytes.as_ptr().cast()));
        }
        array
    }

    pub(crate) fn find_class(self, name: &CStr) -> Option<jclass> {
        some(call!(self, v1_2.FindClass(name.as_ptr())))
    }

    pub(crate) fn global(self, object: jobject) -> Option<jobject> {
        some(call!(self, v1_2.NewGlobalRef(object)))
    }

    pub(crate) fn method(self, class: jclass, name: &CStr, signature: &CStr) -> Option<jmethodID> {
        some(call!(self, v1_2.GetMethodID(class, name.as_ptr(), signature.as_ptr())))
    }

    pub(crate) fn static_method(self, class: jclass, name: &CStr, signature: &CStr) -> Option<jmethodID> {
        some(call!(self, v1_2.GetStaticMethodID(class, name.as_ptr(), signature.as_ptr())))
    }

    pub(crate) fn field(self, class: jclass, name: &CStr, signature: &CStr) -> Option<jfieldID> {
        some(call!(self, v1_2.GetFieldID(class, name.as_ptr(), signature.as_ptr())))
    }

    pub(crate) fn register(self, class: jclass, natives: &[Native]) -> bool {
        let count = jint::try_from(natives.len()).unwrap_or_default();
        call!(self, v1_2.RegisterNatives(class, natives.as_ptr().cast(), count)) == JNI_OK
    }

    pub(crate) fn new_object(self, class: jclass, constructor: jmethodID) -> Option<jobject> {
        some(call!(self, v1_2.NewObjectA(class, constructor, ptr::null())))
    }

    pub(crate) fn call_static(self, class: jclass, method: jmethodID, arguments: &[jvalue]) {
        call!(self, v1_2.CallStaticVoidMethodA(class, method, arguments.as_ptr()));
    }

    /// Null if it returns that, or threw.
    pub(crate) fn call_static_object(self, class: jclass, method: jmethodID, arguments: &[jvalue]) -> jobject {
        call!(self, v1_2.CallStaticObjectMethodA(class, method, arguments.as_ptr()))
    }

    pub(crate) fn byte(self, object: jobject, field: jfieldID) -> i8 {
        call!(self, v1_2.GetByteField(object, field))
    }

    pub(crate) fn long(self, object: jobject, field: jfieldID) -> jlong {
        call!(self, v1_2.GetLongField(object, field))
    }

    pub(crate) fn set_byte(self, object: jobject, field: jfieldID, value: i8) {
        call!(self, v1_2.SetByteField(object, field, value));
    }

    pub(crate) fn set_long(self, object: jobject, field: jfieldID, value: jlong) {
        call!(self, v1_2.SetLongField(object, field, value));
    }

    /// Takes away an exception of Java's. Returns whether there was one.
    pub(crate) fn take_exception(self) -> bool {
        let there_is_one: bool = call!(self, v1_2.ExceptionCheck());
        if there_is_one {
            call!(self, v1_2.ExceptionClear());
        }
        there_is_one
    }

    /// Runs something whose references to objects end with it.
    pub(crate) fn in_frame<T>(self, work: impl FnOnce() -> T) -> Option<T> {
        const REFERENCES: jint = 16;
        if call!(self, v1_2.PushLocalFrame(REFERENCES)) != JNI_OK {
            self.take_exception();
            return None;
        }
        let result = work();
        call!(self, v1_2.PopLocalFrame(ptr::null_mut()));
        Some(result)
    }
}

fn some<T>(pointer: *mut T) -> Option<*mut T> {
    (!pointer.is_null()).then_some(pointer)
}
