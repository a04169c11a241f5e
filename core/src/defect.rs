//! Deliberate defects, to prove that the simulation in `client/tests/simulation` would find real ones. A test switches one on for
//! its thread. In every other build [`Defect::is_on`] is a constant, and the compiler removes what stands behind it.

/// A defect that the library does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Defect {
    /// A write takes no notice of what another process wrote since the record was read.
    SkipCompareAndSwap,
    /// A refresh that failed keeps its lease.
    KeepLease,
    /// The lease of another process is no reason to wait.
    IgnoreLease,
    /// The owner of a lease shows no life.
    SkipBeat,
    /// Every caller starts a refresh of its own.
    RefreshTwice,
    /// New tokens are used though they could not be stored.
    ShowBeforeStored,
    /// New tokens that could not be stored are forgotten.
    ForgetUnsaved,
    /// `invalid_grant` ends the session without a look at the store.
    SkipReread,
    /// Every refused refresh ends the session.
    EndOnAnyFailure,
    /// A late token set is stored, whatever happened to its session.
    StoreLate,
    /// A token set that is given up is not revoked.
    SkipRevocation,
    /// What is cached for one user is returned to the next.
    KeepCache,
    /// A call whose token was refused is repeated with the next user's.
    RepeatForOther,
    /// The store is not read before a call that costs money.
    SkipReload,
    /// A paid call is repeated after its connection broke.
    RepeatPaid,
    /// A callback does not claim its code before it is sent.
    SkipClaim,
}

#[cfg(test)]
thread_local! {
    static ON: std::cell::Cell<Option<Defect>> = const { std::cell::Cell::new(None) };
}

impl Defect {
    #[cfg(not(test))]
    #[inline(always)]
    pub(crate) const fn is_on(self) -> bool {
        false
    }

    #[cfg(test)]
    pub(crate) fn is_on(self) -> bool {
        ON.get() == Some(self)
    }

    /// Runs `work` with this defect on this thread.
    #[cfg(test)]
    pub(crate) fn during<T>(self, work: impl FnOnce() -> T) -> T {
        ON.set(Some(self));
        let outcome = work();
        ON.set(None);
        outcome
    }

    #[cfg(test)]
    pub(crate) const ALL: [Self; 16] = [
        Self::SkipCompareAndSwap,
        Self::KeepLease,
        Self::IgnoreLease,
        Self::SkipBeat,
        Self::RefreshTwice,
        Self::ShowBeforeStored,
        Self::ForgetUnsaved,
        Self::SkipReread,
        Self::EndOnAnyFailure,
        Self::StoreLate,
        Self::SkipRevocation,
        Self::KeepCache,
        Self::RepeatForOther,
        Self::SkipReload,
        Self::RepeatPaid,
        Self::SkipClaim,
    ];
}
