//! The faults that are active, in the order they were added.

use axum::http::Method;

use super::endpoint::Endpoint;
use super::kinds::Fault;

/// Faults in the order they were added. The first that matches applies to a request.
#[derive(Debug, Default)]
pub(crate) struct FaultQueue(Vec<ActiveFault>);

#[derive(Debug)]
struct ActiveFault {
    endpoint: Endpoint,
    fault: Fault,
    /// How many more requests it applies to; `None`: all until it is cleared.
    times: Option<u32>,
}

impl FaultQueue {
    pub(crate) fn add(&mut self, endpoint: Endpoint, fault: Fault, times: Option<u32>) {
        if times != Some(0) {
            self.0.push(ActiveFault { endpoint, fault, times });
        }
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The fault that applies to this request. It is removed when its number of requests is used up.
    pub(crate) fn take(&mut self, method: &Method, path: &str) -> Option<Fault> {
        // A browser's preflight must not use up a fault that is meant for the request itself.
        if method == Method::OPTIONS {
            return None;
        }
        let endpoint = Endpoint::of(method, path);
        let matches = |active: &ActiveFault| active.endpoint == Endpoint::Any || Some(active.endpoint) == endpoint;
        let position = self.0.iter().position(matches)?;
        let active = self.0.get_mut(position)?;
        let fault = active.fault.clone();
        if let Some(times) = &mut active.times {
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
    fn faults_apply_in_order_and_are_used_up() {
        let mut active = FaultQueue::default();
        active.add(Endpoint::Chat, Fault::status(500), Some(2));
        active.add(Endpoint::Chat, Fault::Garbage {}, Some(0));
        active.add(Endpoint::Any, Fault::status(503), None);
        let mut is_500 = |path: &str| active.take(&Method::POST, path).map(|fault| fault == Fault::status(500));
        assert_eq!(is_500("/v1/chat/completions"), Some(true));
        assert_eq!(active.take(&Method::OPTIONS, "/v1/chat/completions"), None);
        let mut is_500 = |path: &str| active.take(&Method::POST, path).map(|fault| fault == Fault::status(500));
        assert_eq!(is_500("/nowhere"), Some(false));
        assert_eq!(is_500("/oauth2/v1/chat/completions"), Some(true));
        assert_eq!(is_500("/oauth2/v1/chat/completions"), Some(false));
        active.clear();
        assert_eq!(active.take(&Method::POST, "/oauth2/v1/chat/completions"), None);
    }
}
