//! Devices that wait until the user has entered their code in a browser (RFC 8628).

use std::collections::VecDeque;

use chrono::{DateTime, TimeDelta, Utc};
use rand::Rng as _;
use serde::Deserialize;

use crate::random;

/// How much longer a device must wait after each poll that came too early: RFC 8628 §3.5.
const SLOW_DOWN: TimeDelta = TimeDelta::seconds(5);
/// More devices push out the oldest, so that a loop of requests uses no more memory.
const MAX_DEVICES: usize = 1000;
/// RFC 8628 §6.1: letters that are hard to confuse, and without vowels, so that there are no words.
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
const CODE_LETTERS: usize = 8;

/// Every device that waits or whose user has decided, oldest first.
#[derive(Default)]
pub(crate) struct Devices(VecDeque<Device>);

/// What the device asks for.
#[derive(Clone, Debug)]
pub(crate) struct DeviceRequest {
    pub(crate) client_id: String,
    pub(crate) client_name: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) resource: Option<String>,
}

struct Device {
    device_code: String,
    user_code: String,
    request: DeviceRequest,
    expires: DateTime<Utc>,
    /// The least time between two polls.
    interval: TimeDelta,
    polled: Option<DateTime<Utc>>,
    /// Whether the user allowed it, once they have decided.
    allowed: Option<bool>,
    /// The token of the page on which the user decides.
    page_token: Option<String>,
}

/// What a poll gets.
pub(crate) enum Poll {
    /// The code is unknown, or was issued to another client, or was used.
    Unknown,
    Expired,
    Denied,
    Pending,
    /// It is pending, and the device polls too fast.
    SlowDown,
    Allowed(DeviceRequest),
}

/// What a test does in place of the user of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeviceDecision {
    /// The user allows it.
    Allow,
    /// The user denies it.
    Deny,
    /// The codes expire now.
    Expire,
}

impl Devices {
    /// Issues a device code and a user code.
    pub(crate) fn issue(
        &mut self,
        request: DeviceRequest,
        expires: DateTime<Utc>,
        interval: TimeDelta,
    ) -> (String, String) {
        if self.0.len() == MAX_DEVICES {
            self.0.pop_front();
        }
        let (device_code, user_code) = (random::secret("sandbox_device_"), new_user_code());
        self.0.push_back(Device {
            device_code: device_code.clone(),
            user_code: user_code.clone(),
            request,
            expires,
            interval,
            polled: None,
            allowed: None,
            page_token: None,
        });
        (device_code, user_code)
    }

    /// RFC 8628 §3.5: how the request stands. An allowed device code works once.
    pub(crate) fn poll(&mut self, device_code: &str, client_id: &str, now: DateTime<Utc>) -> Poll {
        let found = self.0.iter().position(|device| device.device_code == device_code);
        let Some((position, device)) = found.and_then(|position| Some((position, self.0.get_mut(position)?))) else {
            return Poll::Unknown;
        };
        if device.request.client_id != client_id {
            return Poll::Unknown;
        }
        if now >= device.expires {
            return Poll::Expired;
        }
        match device.allowed {
            Some(true) => self.0.remove(position).map_or(Poll::Unknown, |device| Poll::Allowed(device.request)),
            Some(false) => Poll::Denied,
            None => {
                let early = device.polled.is_some_and(|polled| now - polled < device.interval);
                device.polled = Some(now);
                if !early {
                    return Poll::Pending;
                }
                device.interval = device.interval.checked_add(&SLOW_DOWN).unwrap_or(TimeDelta::MAX);
                Poll::SlowDown
            }
        }
    }

    /// Begins a page on which the user decides on the device with this code; returns the page's token and what the device
    /// asks for.
    pub(crate) fn ask(&mut self, user_code: &str, now: DateTime<Utc>) -> Option<(String, DeviceRequest)> {
        let device = self.waiting(Some(user_code), now)?;
        let token = random::secret("consent_");
        device.page_token = Some(token.clone());
        Some((token, device.request.clone()))
    }

    /// The user's decision on the page with this token. Each token works once.
    pub(crate) fn decide_on_page(&mut self, token: &str, allow: bool, now: DateTime<Utc>) -> Option<DeviceRequest> {
        let mut waiting = self.0.iter_mut().filter(|device| device.allowed.is_none() && now < device.expires);
        let device = waiting.find(|device| device.page_token.as_deref() == Some(token))?;
        device.page_token = None;
        device.allowed = Some(allow);
        Some(device.request.clone())
    }

    /// Decides without a page, on the device with this code or on the newest that waits. `false` if there is none.
    pub(crate) fn decide(&mut self, user_code: Option<&str>, decision: DeviceDecision, now: DateTime<Utc>) -> bool {
        let Some(device) = self.waiting(user_code, now) else { return false };
        match decision {
            DeviceDecision::Allow => device.allowed = Some(true),
            DeviceDecision::Deny => device.allowed = Some(false),
            DeviceDecision::Expire => device.expires = now,
        }
        true
    }

    fn waiting(&mut self, user_code: Option<&str>, now: DateTime<Utc>) -> Option<&mut Device> {
        let wanted = user_code.map(letters);
        let mut waiting = self.0.iter_mut().rev().filter(|device| device.allowed.is_none() && now < device.expires);
        waiting.find(|device| wanted.as_ref().is_none_or(|wanted| letters(&device.user_code) == *wanted))
    }
}

/// RFC 8628 §6.1: case and punctuation do not count.
fn letters(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}

fn new_user_code() -> String {
    let mut bytes = [0_u8; CODE_LETTERS];
    rand::rng().fill_bytes(&mut bytes);
    let mut code: String = bytes
        .iter()
        .filter_map(|byte| LETTERS.get(usize::from(*byte) % LETTERS.len()))
        .map(|b| char::from(*b))
        .collect();
    code.insert(CODE_LETTERS / 2, '-');
    code
}
