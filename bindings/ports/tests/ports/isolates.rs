//! What is freed when an isolate ends, or is killed while it waits.

use crate::support::{Begun, Gate, ISOLATE, Port, eventually};
use std::sync::Arc;
use std::thread;
use tokio::sync::Semaphore;
use uniffi::Handle;
use uniffi_dart_ports::functions::{drive, enter, hold_call, hold_object, leave, release};

#[test]
fn a_pending_call_of_a_killed_isolate_is_cancelled_without_a_message() {
    is_cancelled_without_a_message(Begun::plain());
    is_cancelled_without_a_message(Begun::buffer(crate::support::uniffi_uniffi_dart_ports_fn_method_gate_text));
}

#[test]
#[cfg_attr(miri, ignore = "UniFFI frees a future of an object as one of u64")]
fn a_pending_call_for_an_object_is_cancelled_without_a_message() {
    is_cancelled_without_a_message(Begun::object(crate::support::uniffi_uniffi_dart_ports_fn_method_gate_itself));
}

fn is_cancelled_without_a_message(call: Begun) {
    assert!(!call.is_only_reference());
    let port = call.port.0;
    call.release();
    assert_eq!(Port(port).messages(), 0);
}

#[test]
fn a_result_that_a_killed_isolate_did_not_take_is_freed() {
    for call in [
        Begun::plain(),
        Begun::buffer(crate::support::uniffi_uniffi_dart_ports_fn_method_gate_text),
        Begun::buffer(crate::support::uniffi_uniffi_dart_ports_fn_method_gate_bug),
    ] {
        call.finish();
        call.release();
    }
}

#[test]
#[cfg_attr(miri, ignore = "UniFFI frees a future of an object as one of u64")]
fn an_object_that_a_killed_isolate_did_not_take_is_freed() {
    for call in [
        Begun::object(crate::support::uniffi_uniffi_dart_ports_fn_method_gate_itself),
        Begun::object(crate::support::uniffi_uniffi_dart_ports_fn_method_gate_failure),
    ] {
        call.finish();
        call.release();
    }
}

#[test]
#[cfg_attr(miri, ignore = "UniFFI frees a future of an object as one of u64")]
fn a_call_that_is_released_while_it_returns_leaves_nothing() {
    for round in 0..500 {
        let call = Begun::object(crate::support::uniffi_uniffi_dart_ports_fn_method_gate_itself);
        let gate = Arc::clone(&call.gate);
        let finishing = thread::spawn(move || gate.0.add_permits(1));
        for _ in 0..round % 50 {
            thread::yield_now();
        }
        release(call.number);
        finishing.join().unwrap();
        eventually("the call is freed", || Arc::strong_count(&call.gate) == 1);
        assert!(call.port.messages() <= 1);
    }
}

#[test]
fn a_future_that_was_never_polled_is_freed() {
    let gate = Arc::new(Gate(Semaphore::new(0)));
    let future = crate::support::uniffi_uniffi_dart_ports_fn_method_gate_number(Handle::from_arc(Arc::clone(&gate)));
    release(hold_call(
        ISOLATE,
        future,
        crate::ffi_uniffi_dart_ports_rust_future_poll_u32,
        crate::ffi_uniffi_dart_ports_rust_future_free_u32,
        Port::open().0,
    ));
    assert_eq!(Arc::strong_count(&gate), 1);
}

#[test]
fn an_isolate_that_ends_frees_what_it_held_and_nothing_of_others() {
    let gate = Arc::new(Gate(Semaphore::new(0)));
    let hold = |isolate| {
        hold_object(
            isolate,
            Handle::from_arc(Arc::clone(&gate)),
            crate::support::uniffi_uniffi_dart_ports_fn_free_gate,
        );
        let future =
            crate::support::uniffi_uniffi_dart_ports_fn_method_gate_number(Handle::from_arc(Arc::clone(&gate)));
        let (poll, free) =
            (crate::ffi_uniffi_dart_ports_rust_future_poll_u32, crate::ffi_uniffi_dart_ports_rust_future_free_u32);
        drive(hold_call(isolate, future, poll, free, Port::open().0));
    };
    let (one, other) = (enter(), enter());
    hold(one);
    hold(other);
    hold(one);
    assert_eq!(Arc::strong_count(&gate), 7);
    leave(one);
    eventually("what the isolate held is freed", || Arc::strong_count(&gate) == 3);
    leave(other);
    eventually("what the other isolate held is freed", || Arc::strong_count(&gate) == 1);
}

#[test]
fn a_number_that_is_released_twice_is_freed_once() {
    let gate = Arc::new(Gate(Semaphore::new(0)));
    let isolate = enter();
    let handle = Handle::from_arc(Arc::clone(&gate));
    let number = hold_object(isolate, handle, crate::support::uniffi_uniffi_dart_ports_fn_free_gate);
    release(number);
    leave(isolate);
    release(number);
    assert_eq!(Arc::strong_count(&gate), 1);
}

#[test]
fn a_released_object_is_freed_by_the_function_that_came_with_it() {
    let gate = Arc::new(Gate(Semaphore::new(0)));
    let number = hold_object(
        ISOLATE,
        Handle::from_arc(Arc::clone(&gate)),
        crate::support::uniffi_uniffi_dart_ports_fn_free_gate,
    );
    assert_eq!(Arc::strong_count(&gate), 2);
    release(number);
    assert_eq!(Arc::strong_count(&gate), 1);
}
