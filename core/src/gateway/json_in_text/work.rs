//! How many bytes of a text are gone through, counted in tests: twice the text must be twice the work. No clock tells that
//! on a busy machine.

/// Notes that so many bytes are gone through.
pub(in crate::gateway) fn note(bytes: usize) {
    #[cfg(test)]
    counted::NOTED.set(counted::NOTED.get() + bytes);
    #[cfg(not(test))]
    let _ = bytes;
}

#[cfg(test)]
pub(in crate::gateway) use counted::of;

#[cfg(test)]
mod counted {
    use std::cell::Cell;

    thread_local! {
        pub(super) static NOTED: Cell<usize> = const { Cell::new(0) };
    }

    /// How many bytes are gone through while this runs.
    pub(in crate::gateway) fn of<T>(run: impl FnOnce() -> T) -> usize {
        let before = NOTED.get();
        run();
        NOTED.get() - before
    }
}
