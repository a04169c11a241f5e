//! The results of calls: numbers, buffers, objects, errors and panics.

use crate::support::{Begun, error_in};
use std::sync::Arc;
use uniffi::{RustCallStatus, RustCallStatusCode};
use uniffi_dart_ports::functions::{object, take_buffer};

#[test]
fn a_number_can_be_read_when_the_message_came() {
    let call = Begun::plain();
    assert_eq!(call.port.messages(), 0);
    call.finish();
    let mut status = RustCallStatus::default();
    // SAFETY: the call's future, which is ready.
    let number = unsafe { crate::ffi_uniffi_dart_ports_rust_future_complete_u32(call.future.clone(), &mut status) };
    assert_eq!((number, status.code), (42, RustCallStatusCode::Success));
    assert_eq!(call.port.messages(), 1);
    call.release();
}

#[test]
fn a_buffer_is_taken_once() {
    let call = Begun::buffer(crate::support::uniffi_uniffi_dart_ports_fn_method_gate_text);
    let mut status = RustCallStatus::default();
    assert_eq!(take_buffer(call.number, &mut status).len(), 0, "the call has not returned yet");
    call.finish();
    let text = take_buffer(call.number, &mut status).destroy_into_vec();
    assert_eq!(text, "a long text".repeat(1000).into_bytes());
    assert_eq!(take_buffer(call.number, &mut status).len(), 0, "it was taken already");
    assert_eq!(status.code, RustCallStatusCode::Success);
    call.release();
}

#[test]
#[cfg_attr(miri, ignore = "UniFFI frees a future of an object as one of u64")]
fn an_object_is_kept_until_it_is_released() {
    let call = Begun::object(crate::support::uniffi_uniffi_dart_ports_fn_method_gate_itself);
    let mut status = RustCallStatus::default();
    assert_eq!(object(call.number, &mut status), 0, "the call has not returned yet");
    call.finish();
    let handle = object(call.number, &mut status);
    assert_eq!(handle, Arc::as_ptr(&call.gate) as u64);
    assert_eq!(object(call.number, &mut status), handle);
    assert_eq!(status.code, RustCallStatusCode::Success);
    assert!(!call.is_only_reference());
    call.release();
}

#[test]
#[cfg_attr(miri, ignore = "UniFFI frees a future of an object as one of u64")]
fn an_error_is_reported_once() {
    let call = Begun::object(crate::support::uniffi_uniffi_dart_ports_fn_method_gate_failure);
    call.finish();
    let mut status = RustCallStatus::default();
    assert_eq!(object(call.number, &mut status), 0);
    let (code, text) = error_in(status);
    assert_eq!(code, RustCallStatusCode::Error);
    assert!(text.contains("closed for good"), "{text}");
    let mut status = RustCallStatus::default();
    assert_eq!(object(call.number, &mut status), 0);
    assert_eq!(status.code, RustCallStatusCode::Success);
    call.release();
}

#[test]
fn a_panic_is_reported_as_a_panic() {
    let call = Begun::buffer(crate::support::uniffi_uniffi_dart_ports_fn_method_gate_bug);
    call.finish();
    let mut status = RustCallStatus::default();
    assert_eq!(take_buffer(call.number, &mut status).len(), 0);
    let (code, text) = error_in(status);
    assert_eq!(code, RustCallStatusCode::UnexpectedError);
    assert!(text.contains("a bug"), "{text}");
    call.release();
}
