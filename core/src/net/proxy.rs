//! The HTTP proxy that a debug build may name, to show a developer the app's traffic.

use url::Url;

/// The client with this proxy and no other: one from the environment would get the tokens that are sent to loopback without
/// TLS (S7).
pub(super) fn apply(builder: reqwest::ClientBuilder, proxy: Option<&Url>) -> reqwest::Result<reqwest::ClientBuilder> {
    let builder = builder.no_proxy();
    match proxy {
        Some(proxy) => Ok(builder.proxy(reqwest::Proxy::all(proxy.as_str())?)),
        None => Ok(builder),
    }
}
