//! The exported names, which depend on the library.

/// Exports the functions of this crate as C functions whose names begin with `NAME_dart_`.
///
/// `NAME` is the name of the crate that UniFFI exports, with underscores, as a string literal. Use the macro once, in the crate
/// that becomes the native library.
#[macro_export]
macro_rules! export {
    ($name:literal) => {
        #[allow(unsafe_code)]
        const _: () = {
            use $crate::uniffi::{Handle, RustBuffer, RustCallStatus};
            use $crate::{Complete, Free, FreeObject, Poll, Post, functions};

            #[unsafe(export_name = concat!($name, "_dart_initialize"))]
            extern "C" fn initialize(post: Post) -> bool {
                functions::initialize(post)
            }

            #[unsafe(export_name = concat!($name, "_dart_enter"))]
            extern "C" fn enter() -> usize {
                functions::enter()
            }

            #[unsafe(export_name = concat!($name, "_dart_leave"))]
            extern "C" fn leave(isolate: usize) {
                functions::leave(isolate);
            }

            #[unsafe(export_name = concat!($name, "_dart_hold_object"))]
            extern "C" fn hold_object(isolate: usize, handle: Handle, free: FreeObject) -> usize {
                functions::hold_object(isolate, handle, free)
            }

            #[unsafe(export_name = concat!($name, "_dart_hold_call"))]
            extern "C" fn hold_call(isolate: usize, future: Handle, poll: Poll, free: Free, port: i64) -> usize {
                functions::hold_call(isolate, future, poll, free, port)
            }

            #[unsafe(export_name = concat!($name, "_dart_hold_call_for_buffer"))]
            extern "C" fn hold_call_for_buffer(
                isolate: usize,
                future: Handle,
                poll: Poll,
                free: Free,
                complete: Complete<RustBuffer>,
                port: i64,
            ) -> usize {
                functions::hold_call_for_buffer(isolate, future, poll, free, complete, port)
            }

            #[unsafe(export_name = concat!($name, "_dart_hold_call_for_object"))]
            extern "C" fn hold_call_for_object(
                isolate: usize,
                future: Handle,
                poll: Poll,
                free: Free,
                complete: Complete<Handle>,
                free_object: FreeObject,
                port: i64,
            ) -> usize {
                functions::hold_call_for_object(isolate, future, poll, free, complete, free_object, port)
            }

            #[unsafe(export_name = concat!($name, "_dart_drive"))]
            extern "C" fn drive(number: usize) {
                functions::drive(number);
            }

            #[unsafe(export_name = concat!($name, "_dart_take_buffer"))]
            extern "C" fn take_buffer(number: usize, status: &mut RustCallStatus) -> RustBuffer {
                functions::take_buffer(number, status)
            }

            #[unsafe(export_name = concat!($name, "_dart_object"))]
            extern "C" fn object(number: usize, status: &mut RustCallStatus) -> u64 {
                functions::object(number, status)
            }

            #[unsafe(export_name = concat!($name, "_dart_release"))]
            extern "C" fn release(number: usize) {
                functions::release(number);
            }
        };
    };
}
