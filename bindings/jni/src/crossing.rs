//! How the values of UniFFI's C functions cross to Java: numbers as numbers, a buffer as its address.

use crate::buffers;
use jni_sys::{jbyte, jdouble, jfloat, jint, jlong, jshort, jvalue};
use uniffi::RustBuffer;

/// An argument of a C function that Java calls.
pub trait Argument {
    /// What Java passes.
    type Jni;
    /// Converts it.
    ///
    /// # Safety
    /// An address is one that this crate gave to Java, and is passed once.
    unsafe fn take(value: Self::Jni) -> Self;
}

/// The result of a C function that Java calls.
pub trait Returned {
    /// What Java gets.
    type Jni;
    /// What Java gets if the call fails. It does not read it.
    const NOTHING: Self::Jni;

    /// Converts it.
    fn give(self) -> Self::Jni;
}

/// An argument of a call of Java's.
pub trait Passed {
    /// Converts it.
    fn pass(self) -> jvalue;
}

/// The result of a call of Java's. Java writes the bits of every result into one field of 64 bits.
pub trait Replied {
    /// Reads it.
    ///
    /// # Safety
    /// An address is one that this crate gave to Java, and is read once.
    unsafe fn read(bits: jlong) -> Self;
}

/// Java has no unsigned numbers. A returned one that is shorter than an `int` is an `int`, as in UniFFI's own Kotlin.
macro_rules! numbers {
    ($($rust:ty: $jni:ty, $returned:ty, $field:ident;)*) => {
        $(
            impl Argument for $rust {
                type Jni = $jni;
                unsafe fn take(value: $jni) -> Self {
                    value as $rust
                }
            }

            impl Returned for $rust {
                type Jni = $returned;
                const NOTHING: $returned = 0 as $returned;
                fn give(self) -> $returned {
                    self as $returned
                }
            }

            impl Passed for $rust {
                fn pass(self) -> jvalue {
                    jvalue { $field: self as $jni }
                }
            }
        )*
    };
}

numbers! {
    i8: jbyte, jbyte, b;
    u8: jbyte, jint, b;
    i16: jshort, jshort, s;
    u16: jshort, jint, s;
    i32: jint, jint, i;
    u32: jint, jint, i;
    i64: jlong, jlong, j;
    u64: jlong, jlong, j;
    f32: jfloat, jfloat, f;
    f64: jdouble, jdouble, d;
}

macro_rules! replies {
    ($($rust:ty),*) => {
        $(impl Replied for $rust {
            unsafe fn read(bits: jlong) -> Self {
                bits as $rust
            }
        })*
    };
}

replies!(i8, u8, i16, u16, i32, u32, i64, u64);

impl Replied for f32 {
    unsafe fn read(bits: jlong) -> Self {
        Self::from_bits(bits as u32)
    }
}

impl Replied for f64 {
    unsafe fn read(bits: jlong) -> Self {
        Self::from_bits(bits as u64)
    }
}

impl Argument for RustBuffer {
    type Jni = jlong;
    unsafe fn take(value: jlong) -> Self {
        // SAFETY: the caller's promise.
        Self::from_vec(unsafe { buffers::take(value) })
    }
}

impl Returned for RustBuffer {
    type Jni = jlong;
    const NOTHING: jlong = 0;
    fn give(self) -> jlong {
        buffers::give(self.destroy_into_vec())
    }
}

impl Passed for RustBuffer {
    fn pass(self) -> jvalue {
        jvalue { j: self.give() }
    }
}

impl Replied for RustBuffer {
    unsafe fn read(bits: jlong) -> Self {
        // SAFETY: the caller's promise.
        unsafe { Self::take(bits) }
    }
}

impl Returned for () {
    type Jni = ();
    const NOTHING: () = ();
    fn give(self) {}
}

impl Replied for () {
    unsafe fn read(_: jlong) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsigned_numbers_keep_their_bits() {
        assert_eq!(Returned::give(200_u8), 200_i32);
        assert_eq!(Returned::give(u64::MAX), -1_i64);
        // SAFETY: no addresses.
        unsafe {
            assert_eq!(<u8 as Argument>::take(-56), 200);
            assert_eq!(<u16 as Replied>::read(-1), u16::MAX);
            assert_eq!(<f32 as Replied>::read(i64::from(1.5_f32.to_bits() as i32)), 1.5);
        }
    }

    #[test]
    fn a_buffer_keeps_its_bytes_and_an_empty_one_is_no_address() {
        let address = RustBuffer::from_vec(vec![1, 2, 3]).give();
        assert_ne!(address, 0);
        // SAFETY: it was given above, and is taken once.
        assert_eq!(unsafe { RustBuffer::take(address) }.destroy_into_vec(), [1, 2, 3]);
        assert_eq!(RustBuffer::default().give(), 0);
        // SAFETY: zero is no address.
        assert!(unsafe { RustBuffer::take(0) }.destroy_into_vec().is_empty());
    }
}
