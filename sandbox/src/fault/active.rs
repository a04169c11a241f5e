//! The faults that wait for their requests.

use axum::http::Method;

use super::{Endpoint, Fault};

/// Faults in the order they were waiting. A request meets the first that fits.
#[derive(Debug, Default)]
pub(crate) struct Active(Vec<WaitingFault>);

#[derive(Debug)]
struct WaitingFault {
    endpoint: Endpoint,
    fault: Fault,
    /// How many requests it still meets; `None`: all until it is cleared.
    times: Option<u32>,
}

impl Active {
    pub(crate) fn add(&mut self, endpoint: Endpoint, fault: Fault, times: Option<u32>) {
        if times != Some(0) {
            self.0.push(WaitingFault { endpoint, fault, times });
        }
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The fault that this request meets, which is used up with its last time.
    pub(crate) fn take(&mut self, method: &Method, path: &str) -> Option<Fault> {
        // What a browser asks beforehand must not use up what is meant for the request itself.
        if method == Method::OPTIONS {
            return None;
        }
        let endpoint = Endpoint::of(method, path);
        let fits = |waiting: &WaitingFault| waiting.endpoint == Endpoint::Any || Some(waiting.endpoint) == endpoint;
        let position = self.0.iter().position(fits)?;
        let waiting = self.0.get_mut(position)?;
        let fault = waiting.fault.clone();
        if let Some(times) = &mut waiting.times {
            *times -= 1;
            if *times == 0 {
                self.0.remove(position);
            }
        }
        Some(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_met_in_order_and_used_up() {
        let mut active = Active::default();
        active.add(Endpoint::Chat, Fault::status(500), Some(2));
        active.add(Endpoint::Chat, Fault::Garbage {}, Some(0));
        active.add(Endpoint::Any, Fault::status(503), None);
        let mut meet = |path: &str| active.take(&Method::POST, path).map(|fault| fault == Fault::status(500));
        assert_eq!(meet("/v1/chat/completions"), Some(true));
        assert_eq!(active.take(&Method::OPTIONS, "/v1/chat/completions"), None);
        let mut meet = |path: &str| active.take(&Method::POST, path).map(|fault| fault == Fault::status(500));
        assert_eq!(meet("/nowhere"), Some(false));
        assert_eq!(meet("/oauth2/v1/chat/completions"), Some(true));
        assert_eq!(meet("/oauth2/v1/chat/completions"), Some(false));
        active.clear();
        assert_eq!(active.take(&Method::POST, "/oauth2/v1/chat/completions"), None);
    }
}
