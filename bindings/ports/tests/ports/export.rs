//! The exported symbols, as C sees them.

uniffi_dart_ports::export!("one_library");
uniffi_dart_ports::export!("another_library");

unsafe extern "C" {
    safe fn one_library_dart_enter() -> usize;
    safe fn one_library_dart_leave(isolate: usize);
    safe fn one_library_dart_release(number: usize);
    safe fn another_library_dart_enter() -> usize;
}

#[test]
fn several_libraries_in_one_program_have_symbols_of_their_own() {
    let (one, other) = (one_library_dart_enter(), another_library_dart_enter());
    assert_ne!(one, other);
    one_library_dart_release(usize::MAX);
    one_library_dart_leave(one);
}
