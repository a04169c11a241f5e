//! Buffers of bytes. Java has the address of one, reads and writes it in place, and passes it on or frees it.

use crate::environment::Environment;
use crate::native::Native;
use jni_sys::{JNIEnv, jbyteArray, jclass, jint, jlong, jobject};

/// The address of the bytes, which the other side owns from now on. Zero if there are none, and nothing to free.
pub(crate) fn give(bytes: Vec<u8>) -> jlong {
    if bytes.capacity() == 0 { 0 } else { Box::into_raw(Box::new(bytes)) as usize as jlong }
}

/// The bytes at an address.
///
/// # Safety
/// The address is of [`give`], and is passed once.
pub(crate) unsafe fn take(address: jlong) -> Vec<u8> {
    match address {
        0 => Vec::new(),
        // SAFETY: the caller's promise.
        _ => *unsafe { Box::from_raw(address as usize as *mut Vec<u8>) },
    }
}

/// # Safety
/// As for [`take`], but the buffer stays: the reference is used before it is passed on.
unsafe fn at<'a>(address: jlong) -> Option<&'a mut Vec<u8>> {
    // SAFETY: the caller's promise.
    unsafe { (address as usize as *mut Vec<u8>).as_mut() }
}

/// The functions for buffers, as Java declares them.
pub(crate) static NATIVES: [Native; 6] = [
    Native::new("bufferAllocate\0", "(I)J\0", allocate as *const ()),
    Native::new("bufferView\0", "(J)Ljava/nio/ByteBuffer;\0", view as *const ()),
    Native::new("bufferTruncate\0", "(JI)V\0", truncate as *const ()),
    Native::new("bufferFree\0", "(J)V\0", free as *const ()),
    Native::new("bufferOf\0", "([B)J\0", of_array as *const ()),
    Native::new("bufferTake\0", "(J)[B\0", take_array as *const ()),
];

/// A buffer of zeros.
extern "system" fn allocate(_: *mut JNIEnv, _: jclass, size: jint) -> jlong {
    give(vec![0; usize::try_from(size).unwrap_or_default()])
}

/// The bytes in place. Null if there are none, or more than Java can address.
unsafe extern "system" fn view(env: *mut JNIEnv, _: jclass, address: jlong) -> jobject {
    // SAFETY: Java passes an environment, and an address that it has.
    let bytes = unsafe { at(address) };
    let fits = bytes.filter(|bytes| !bytes.is_empty() && jint::try_from(bytes.len()).is_ok());
    fits.map_or(std::ptr::null_mut(), |bytes| unsafe { Environment::of(env) }.view(bytes))
}

/// Keeps the first bytes.
unsafe extern "system" fn truncate(_: *mut JNIEnv, _: jclass, address: jlong, length: jint) {
    // SAFETY: Java passes an address that it has.
    if let Some(bytes) = unsafe { at(address) } {
        bytes.truncate(usize::try_from(length).unwrap_or_default());
    }
}

unsafe extern "system" fn free(_: *mut JNIEnv, _: jclass, address: jlong) {
    // SAFETY: Java passes an address that it has, and forgets it.
    drop(unsafe { take(address) });
}

/// A copy of an array.
unsafe extern "system" fn of_array(env: *mut JNIEnv, _: jclass, array: jbyteArray) -> jlong {
    // SAFETY: Java passes an environment and an array.
    give(unsafe { Environment::of(env) }.bytes(array))
}

/// A copy as an array. Frees the buffer.
unsafe extern "system" fn take_array(env: *mut JNIEnv, _: jclass, address: jlong) -> jbyteArray {
    // SAFETY: Java passes an address that it has, and forgets it.
    let bytes = unsafe { take(address) };
    // SAFETY: Java passes an environment.
    unsafe { Environment::of(env) }.array(&bytes)
}
