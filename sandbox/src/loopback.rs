//! Which URLs lead to this machine.

use url::{Host, Url};

/// Whether the URL's host is this machine itself.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost", // the parser makes it small
        None => false,
    }
}
