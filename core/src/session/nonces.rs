//! What servers asked to repeat in the next proof ([RFC 9449 8.2](https://www.rfc-editor.org/rfc/rfc9449#section-8.2)), the newest of each.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// So many servers are remembered; the one that was seen first makes room.
const MAX_ORIGINS: usize = 16;

/// Nonces by the server that gave them. In memory only: a server gives a new one when it is asked without.
#[derive(Default)]
pub(super) struct Nonces(Mutex<VecDeque<(String, String)>>);

impl Nonces {
    pub fn get(&self, origin: &str) -> Option<String> {
        self.entries().iter().find(|(known, _)| known == origin).map(|(_, nonce)| nonce.clone())
    }

    pub fn put(&self, origin: String, nonce: String) {
        let mut entries = self.entries();
        match entries.iter_mut().find(|(known, _)| *known == origin) {
            Some(entry) => entry.1 = nonce,
            None => {
                if entries.len() >= MAX_ORIGINS {
                    entries.pop_front();
                }
                entries.push_back((origin, nonce));
            }
        }
    }

    fn entries(&self) -> MutexGuard<'_, VecDeque<(String, String)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // S8
    #[test]
    fn the_newest_of_each_server_is_kept_and_the_oldest_server_makes_room() {
        let nonces = Nonces::default();
        for server in 0..=MAX_ORIGINS {
            nonces.put(format!("https://{server}.example"), "first".into());
            nonces.put(format!("https://{server}.example"), "second".into());
        }
        assert_eq!(nonces.entries().len(), MAX_ORIGINS);
        assert_eq!(nonces.get("https://0.example"), None);
        assert_eq!(nonces.get("https://1.example").as_deref(), Some("second"));
    }
}
