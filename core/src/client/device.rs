//! Signing in with a code that the user enters on another device: the methods that an app calls.
//!
//! Methods of the client and no object of its own, because the sign-in belongs to the session as every other one does: it outlives
//! the app's process, `cancel_sign_in` gives it up, and a screen that is built anew waits for it again.

use super::AiPass;
use crate::error::Result;
use crate::session::device::DeviceSignIn;
use crate::session::sign_in::SignInOptions;

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Begins a sign-in on a device without a browser or a keyboard, such as a TV: the user enters a code on another device
    /// (RFC 8628). Show the returned code and page, then call [`complete_device_sign_in`](Self::complete_device_sign_in).
    /// The sign-in is stored before this returns. The present session is kept until the new one is complete. An earlier
    /// sign-in with a code that still waits is cancelled.
    ///
    /// # Errors
    /// - [`Error::Unsupported`](crate::Error::Unsupported) if the provider has no endpoint for it; nothing was sent.
    /// - [`Error::InvalidInput`](crate::Error::InvalidInput) for a scope or parameter that cannot be sent; nothing was sent.
    /// - [`Error::Offline`](crate::Error::Offline), [`Error::Timeout`](crate::Error::Timeout) or [`Error::RateLimited`](crate::Error::RateLimited) if the provider could not be asked: try again.
    /// - [`Error::Provider`](crate::Error::Provider) if the provider refused, or if its code or page cannot be shown.
    /// - [`Error::Storage`](crate::Error::Storage) if the sign-in cannot be stored.
    pub async fn begin_device_sign_in(&self, options: SignInOptions) -> Result<DeviceSignIn> {
        self.run(|ai| async move { ai.inner.session.begin_device_sign_in(options).await }).await
    }

    /// The sign-in with a code that waits for its user, for an app that was started again or builds its screen again;
    /// `None` if there is none, or if its code has expired. Never waits for the network.
    ///
    /// # Errors
    /// [`Error::Storage`](crate::Error::Storage) if the store cannot be read.
    pub async fn pending_device_sign_in(&self) -> Result<Option<DeviceSignIn>> {
        self.run(|ai| async move { ai.inner.session.pending_device_sign_in().await }).await
    }

    /// Waits until the user has entered the code of the sign-in that was begun last, and signs in. It asks the provider at
    /// the interval that the provider wants, also while the network is gone for a time, until the code expires. It has no
    /// other time limit.
    ///
    /// Cancelling this call ends the wait and not the sign-in: call it again to go on waiting, also after the app was killed.
    /// [`cancel_sign_in`](Self::cancel_sign_in) gives the sign-in up.
    ///
    /// # Errors
    /// - [`Error::SignInRequired`](crate::Error::SignInRequired) with reason `Denied` if the user refused, `DeviceCodeExpired` if the code was not entered
    ///   in time, `NotSignedIn` if no sign-in with a code was begun.
    /// - [`Error::Cancelled`](crate::Error::Cancelled) if it was cancelled, replaced by a newer one, or the user signed out, before it was complete.
    /// - [`Error::Provider`](crate::Error::Provider) if the provider refused. With the code `invalid_grant` its response with the tokens was lost, or
    ///   it does not know the code any more: begin a new sign-in.
    /// - [`Error::Storage`](crate::Error::Storage) if the session could not be read or stored. A session that could not be stored is kept in memory:
    ///   call this again.
    pub async fn complete_device_sign_in(&self) -> Result<()> {
        self.run_unlimited(|ai| async move { ai.inner.session.complete_device_sign_in().await }).await
    }
}
