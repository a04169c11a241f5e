//! Which hosts and origins are this sandbox.

use std::borrow::Cow;
use std::net::SocketAddr;

use axum::http::header::{self, HeaderMap};
use axum::http::{StatusCode, Uri};

use crate::settings::Settings;
use crate::wire::connection::Connection;
use crate::wire::errors::RequestError;

/// Checks the `Host` header. A web page whose host name was rebound to this machine still sends its own name, and is
/// refused here.
pub(crate) fn check_host(
    settings: &Settings,
    connection: &Connection,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<(), RequestError> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok());
    let own = |host: &str| is_own_host(settings, connection, host);
    let target_is_own = uri.authority().is_none_or(|authority| own(authority.as_str()));
    if host.is_some_and(own) && hosts.next().is_none() && target_is_own {
        return Ok(());
    }
    let text = "The Host header must name this sandbox by an address of this machine and its port.";
    Err(RequestError::new(StatusCode::MISDIRECTED_REQUEST, "invalid_request", text))
}

/// Whether `host` is a name of this machine, or the very address that the client reached it at. An address cannot be
/// rebound, as a name can.
pub(crate) fn is_own_host(settings: &Settings, connection: &Connection, host: &str) -> bool {
    let host = with_port(host, settings.port);
    let named = settings.hosts.iter().any(|own| own.eq_ignore_ascii_case(&host));
    named || host.parse::<SocketAddr>().is_ok_and(|address| address == connection.local)
}

/// A host as it was sent, with its port. RFC 9110 §7.2: the scheme's default port may be left out, and browsers leave it out.
pub(crate) fn with_port(host: &str, port: u16) -> Cow<'_, str> {
    let bare = host.ends_with(']') || !host.contains(':');
    if port == 80 && bare { Cow::Owned(format!("{host}:{port}")) } else { Cow::Borrowed(host) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_port_of_plain_http_may_be_left_out() {
        for (host, full) in [("localhost", "localhost:80"), ("[::1]", "[::1]:80"), ("127.0.0.1:80", "127.0.0.1:80")] {
            assert_eq!(with_port(host, 80), full);
        }
        for host in ["localhost", "[::1]", "127.0.0.1:80"] {
            assert_eq!(with_port(host, 8414), host);
        }
    }
}
