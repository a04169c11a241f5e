//! Processor time and memory of this process.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

static COUNT: AtomicUsize = AtomicUsize::new(0);
static TOTAL: AtomicUsize = AtomicUsize::new(0);
static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

/// The system's allocator, counted.
pub struct Counting;

impl Counting {
    fn add(size: usize) {
        COUNT.fetch_add(1, Ordering::Relaxed);
        TOTAL.fetch_add(size, Ordering::Relaxed);
        let now = NOW.fetch_add(size, Ordering::Relaxed) + size;
        PEAK.fetch_max(now, Ordering::Relaxed);
    }
}

// SAFETY: hands everything to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        Self::add(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        Self::add(size);
        unsafe { System.realloc(block, layout, size) }
    }
}

/// What some work took.
pub struct Cost {
    pub processor: Duration,
    pub allocations: usize,
    pub allocated: usize,
    /// Above what was there before, at the highest.
    pub peak: usize,
}

/// Measures work.
pub async fn cost<T>(work: impl Future<Output = T>) -> (T, Cost) {
    let (count, total, before) =
        (COUNT.load(Ordering::SeqCst), TOTAL.load(Ordering::SeqCst), NOW.load(Ordering::SeqCst));
    PEAK.store(before, Ordering::SeqCst);
    let started = processor();
    let result = work.await;
    let cost = Cost {
        processor: processor() - started,
        allocations: COUNT.load(Ordering::SeqCst) - count,
        allocated: TOTAL.load(Ordering::SeqCst) - total,
        peak: PEAK.load(Ordering::SeqCst).saturating_sub(before),
    };
    (result, cost)
}

/// Processor time of all threads of this process, the system's part included.
fn processor() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: it fills in the value that it is given.
    let failed = unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &raw mut time) };
    assert_eq!(failed, 0, "the clock can be read");
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or_default())
}

/// The middle one, and the difference of the quartiles as a part of it.
pub fn median(values: &[f64]) -> (f64, f64) {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |part: f64| sorted[((sorted.len() - 1) as f64 * part).round() as usize];
    (at(0.5), (at(0.75) - at(0.25)) / at(0.5))
}
