//! The faults that are active, in the order they were added.

use axum::http::Method;
use serde::Serialize;

use super::endpoint::Endpoint;
use super::kinds::Fault;

/// Faults in the order they were added. The first that matches applies to a request.
#[derive(Debug, Default)]
pub(crate) struct FaultQueue {
    active: Vec<ActiveFault>,
    /// How many were ever added.
    added: u64,
}

/// A fault that applies to requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ActiveFault {
    /// Its number: no other fault of this sandbox has it or will have it.
    pub id: u64,
    /// The endpoint whose requests it applies to.
    pub endpoint: Endpoint,
    /// What goes wrong.
    pub fault: Fault,
    /// How many more requests it applies to; `None`: all until it is cleared.
    pub times: Option<u32>,
}

impl FaultQueue {
    pub(crate) fn add(&mut self, endpoint: Endpoint, fault: Fault, times: Option<u32>) {
        if times != Some(0) {
            self.added += 1;
            self.active.push(ActiveFault { id: self.added, endpoint, fault, times });
        }
    }

    pub(crate) fn clear(&mut self) {
        self.active.clear();
    }

    /// Removes one fault; `false` if there is none with this id.
    pub(crate) fn remove(&mut self, id: u64) -> bool {
        let before = self.active.len();
        self.active.retain(|active| active.id != id);
        self.active.len() < before
    }

    /// The active faults, in the order they were added.
    pub(crate) fn active(&self) -> Vec<ActiveFault> {
        self.active.clone()
    }

    /// The fault that applies to this request. It is removed when its number of requests is used up.
    pub(crate) fn take(&mut self, method: &Method, endpoint: Option<Endpoint>) -> Option<Fault> {
        // A browser's preflight must not use up a fault that is meant for the request itself.
        if method == Method::OPTIONS {
            return None;
        }
        let matches = |active: &ActiveFault| active.endpoint == Endpoint::Any || Some(active.endpoint) == endpoint;
        let position = self.active.iter().position(matches)?;
        let active = self.active.get_mut(position)?;
        let fault = active.fault.clone();
        if let Some(times) = &mut active.times {
            *times -= 1;
            if *times == 0 {
                self.active.remove(position);
            }
        }
        Some(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Dialect;

    #[test]
    fn faults_apply_in_order_and_are_used_up() {
        let mut active = FaultQueue::default();
        active.add(Endpoint::Chat, Fault::status(500), Some(2));
        active.add(Endpoint::Chat, Fault::Garbage {}, Some(0));
        active.add(Endpoint::Any, Fault::status(503), None);
        let mut take = |method: &Method, path: &str| active.take(method, Endpoint::of(Dialect::AiPass, method, path));
        let is_500 = |fault: Option<Fault>| fault.map(|fault| fault == Fault::status(500));
        assert_eq!(is_500(take(&Method::POST, "/v1/chat/completions")), Some(true));
        assert_eq!(take(&Method::OPTIONS, "/v1/chat/completions"), None);
        assert_eq!(is_500(take(&Method::POST, "/nowhere")), Some(false));
        assert_eq!(is_500(take(&Method::POST, "/oauth2/v1/chat/completions")), Some(true));
        assert_eq!(is_500(take(&Method::POST, "/oauth2/v1/chat/completions")), Some(false));
        let [left] = active.active().try_into().unwrap();
        assert_eq!((left.id, left.times), (2, None), "a fault for no request is not added");
        assert!(!active.remove(1) && active.remove(left.id) && !active.remove(left.id));
        assert_eq!(active.take(&Method::GET, None), None);
        active.add(Endpoint::Any, Fault::status(503), None);
        active.clear();
        assert_eq!(active.take(&Method::POST, Some(Endpoint::Chat)), None);
    }
}
