//! Counts what the library allocates, for the tests of Swift, Kotlin and Dart. Only with the feature `allocation-counts`,
//! which no package has: what ships uses the system's allocator.
//!
//! A leak is an allocation that is never freed. Work on a thread shows in the bytes that the thread allocates. Both counts
//! are exact on a busy machine; memory in use and processor time are not.

#![allow(unsafe_code, reason = "an allocator")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

static LIVE: AtomicI64 = AtomicI64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);

thread_local! {
    /// It has no destructor and allocates nothing.
    static BYTES_OF_THREAD: Cell<u64> = const { Cell::new(0) };
}

fn count_bytes(size: usize) {
    let size = size as u64;
    BYTES.fetch_add(size, Ordering::Relaxed);
    BYTES_OF_THREAD.set(BYTES_OF_THREAD.get().wrapping_add(size));
}

// SAFETY: every call is passed to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(1, Ordering::Relaxed);
        count_bytes(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(1, Ordering::Relaxed);
        count_bytes(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(1, Ordering::Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count_bytes(size.saturating_sub(layout.size()));
        unsafe { System.realloc(pointer, layout, size) }
    }
}

/// The number of the library's allocations that are not freed.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_test_live_allocations() -> i64 {
    LIVE.load(Ordering::Relaxed)
}

/// The number of bytes that the library has allocated so far, on all threads.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_test_allocated_bytes() -> u64 {
    BYTES.load(Ordering::Relaxed)
}

/// The same for the thread that calls.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_test_allocated_bytes_of_this_thread() -> u64 {
    BYTES_OF_THREAD.get()
}

/// The same as native methods of `one.aipass.mobile.Allocations` in the tests of Kotlin, which Java finds by their names.
mod native_methods {
    use std::ffi::c_void;

    #[unsafe(no_mangle)]
    extern "system" fn Java_one_aipass_mobile_Allocations_live(_env: *mut c_void, _object: *mut c_void) -> i64 {
        super::aipass_test_live_allocations()
    }

    #[unsafe(no_mangle)]
    extern "system" fn Java_one_aipass_mobile_Allocations_bytes(_env: *mut c_void, _object: *mut c_void) -> i64 {
        super::aipass_test_allocated_bytes().cast_signed()
    }

    #[unsafe(no_mangle)]
    extern "system" fn Java_one_aipass_mobile_Allocations_bytesOfThisThread(
        _env: *mut c_void,
        _object: *mut c_void,
    ) -> i64 {
        super::aipass_test_allocated_bytes_of_this_thread().cast_signed()
    }
}

/// `struct mallinfo2` of glibc.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[repr(C)]
struct HeapInfo {
    arena: usize,
    free_chunks: usize,
    free_fast_chunks: usize,
    mapped_chunks: usize,
    mapped_bytes: usize,
    unused: usize,
    free_fast_bytes: usize,
    used_bytes: usize,
    free_bytes: usize,
    releasable_bytes: usize,
}

/// The number of bytes that the whole process has allocated and not freed, with the objects of Swift. Exact only if no
/// other thread and no garbage collector allocates.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[unsafe(no_mangle)]
pub extern "C" fn aipass_test_bytes_in_use() -> u64 {
    unsafe extern "C" {
        fn mallinfo2() -> HeapInfo;
    }
    // SAFETY: glibc's own function, which takes nothing.
    let heap = unsafe { mallinfo2() };
    (heap.used_bytes + heap.mapped_bytes) as u64
}
