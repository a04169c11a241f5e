//! For programs and apps on a desktop: receives the callback of a loopback redirect (RFC 8252, 7.3; A6).
//!
//! Listens on loopback only, takes one matching request at a time, answers the browser with a page, and closes when dropped. It
//! checks only the address: [`AiPass::complete_sign_in`](crate::AiPass::complete_sign_in) checks whether the callback is genuine.

use super::runtime::Runtime;
use crate::error::{Error, Result, TimeLimit};
use crate::net::cancellation::Cancellation;
use crate::oauth::callback::MAX_CALLBACK_BYTES;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::sync::Mutex;
use tokio::task::JoinSet;

/// The longest head of a request that is read: the callback, and the cookies of all other servers on this host. A longer one is
/// answered with 431.
const MAX_HEAD: usize = 256 * 1024 + MAX_CALLBACK_BYTES;
/// So much of a longer request is read after its response. A connection that is closed with unread bytes is reset, and the browser
/// then shows no response.
const MAX_DRAINED: u64 = 4 * 1024 * 1024;
/// How long a connection may send nothing. Browsers open connections that they never use.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
const MAX_CONNECTIONS: usize = 16;

const PAGE: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
    <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
    <title>Back to the app</title><body style=\"font:1.1rem system-ui;max-width:30rem;margin:20vh auto;padding:1rem\">\
    <h1>Back to the app</h1><p>This window can be closed. The app says how it went.</p>";

/// Waits for the callback of one sign-in on `http://127.0.0.1`.
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct LoopbackListener {
    port: Arc<Port>,
}

/// What a task that waits for the callback shares with the object.
struct Port {
    listener: TcpListener,
    authority: String,
    path: String,
    /// Browsers that are being answered. Kept from one [`receive`](LoopbackListener::receive) to the next: the real callback may
    /// come on a connection that was accepted while a forged one was still looked at.
    answering: Mutex<JoinSet<Option<String>>>,
    cancellation: Arc<Cancellation>,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl LoopbackListener {
    /// Listens on `port`, or on any free one, for a redirect to `path`, such as `/callback`. Register
    /// [`redirect_uri`](Self::redirect_uri) with the provider, with its port where the provider compares ports.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `path` or `port`, which may be in use.
    #[cfg_attr(feature = "uniffi", uniffi::constructor)]
    pub async fn bind(path: String, port: Option<u16>) -> Result<Self> {
        if !path.starts_with('/') || path.contains(|c: char| !c.is_ascii_graphic() || matches!(c, '?' | '#')) {
            return Err(Error::invalid_input("path", "it must begin with / and have neither query nor fragment"));
        }
        let runtime = runtime();
        let bound = runtime.run(async move {
            let unusable = |error| Error::invalid_input("port", format!("cannot listen there: {error}"));
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port.unwrap_or(0))).await.map_err(unusable)?;
            let authority = listener.local_addr().map_err(unusable)?.to_string();
            Ok(Port { listener, authority, path, answering: Mutex::default(), cancellation: Cancellation::new() })
        });
        Ok(Self { port: Arc::new(bound.await?) })
    }

    /// The redirect URI to build the client with: `http://127.0.0.1:PORT/path`.
    pub fn redirect_uri(&self) -> String {
        format!("http://{}{}", self.port.authority, self.port.path)
    }

    /// Waits for the browser to come back and returns the callback URL. A web page can forge one: if
    /// [`AiPass::complete_sign_in`](crate::AiPass::complete_sign_in) refuses it as
    /// [`Error::InvalidCallback`], call this again.
    ///
    /// # Errors
    /// [`Error::Timeout`] if it does not come in time; [`Error::Cancelled`] after [`cancel`](Self::cancel).
    pub async fn receive(&self, timeout: Duration) -> Result<String> {
        let port = Arc::clone(&self.port);
        let runtime = runtime();
        let received = runtime.run(async move {
            let expired = Error::Timeout { limit: TimeLimit::Total, after: timeout, last_status: None };
            tokio::select! {
                biased;
                () = port.cancellation.cancelled() => Err(Error::Cancelled),
                received = tokio::time::timeout(timeout, port.first_match()) => received.map_err(|_| expired),
            }
        });
        received.await
    }

    /// Ends a [`receive`](Self::receive) that waits, and all later ones. The port is free again as soon as the object is gone too.
    pub fn cancel(&self) {
        self.port.cancellation.cancel();
    }
}

/// The host's runtime if it has one, such as a program in Rust; else the library's own.
fn runtime() -> Runtime {
    Runtime(Handle::try_current().ok())
}

impl Port {
    async fn first_match(&self) -> String {
        let mut connections = self.answering.lock().await;
        loop {
            tokio::select! {
                accepted = self.listener.accept(), if connections.len() < MAX_CONNECTIONS => {
                    if let Ok((stream, _)) = accepted {
                        connections.spawn(respond(stream, self.authority.clone(), self.path.clone()));
                    }
                }
                Some(answered) = connections.join_next() => {
                    if let Ok(Some(callback)) = answered {
                        return callback;
                    }
                }
            }
        }
    }
}

/// What was read of a request.
enum Head {
    Complete(String),
    TooLarge,
    /// It did not end, or did not come in time.
    Incomplete,
    /// The browser opened the connection in advance and closed it unused.
    Unused,
}

/// Responds to one connection; the callback, if it brought it.
async fn respond(mut stream: TcpStream, authority: String, path: String) -> Option<String> {
    let mut received = Vec::new();
    let head = match tokio::time::timeout(HEAD_TIMEOUT, read_head(&mut stream, &mut received)).await {
        Ok(head) => head,
        Err(_) if received.is_empty() => Head::Unused,
        Err(_) => Head::Incomplete,
    };
    let (status, callback) = match &head {
        Head::Complete(head) => match callback_in(head, &authority, &path) {
            Some(callback) => ("200 OK", Some(callback)),
            None => ("404 Not Found", None),
        },
        Head::TooLarge => ("431 Request Header Fields Too Large", None),
        Head::Incomplete => ("408 Request Timeout", None),
        Head::Unused => return None,
    };
    let page = if callback.is_some() { PAGE } else { "" };
    let response = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\ncache-control: no-store\r\n\
         content-security-policy: default-src 'none'; style-src 'unsafe-inline'\r\nreferrer-policy: no-referrer\r\n\
         connection: close\r\n\r\n{page}",
        page.len()
    );
    // If the browser has closed the connection, the callback still counts.
    let _ = stream.write_all(response.as_bytes()).await;
    let _ = stream.shutdown().await;
    if matches!(head, Head::TooLarge) {
        let rest = async { tokio::io::copy(&mut stream.take(MAX_DRAINED), &mut tokio::io::sink()).await };
        let _ = tokio::time::timeout(HEAD_TIMEOUT, rest).await;
    }
    callback
}

/// Reads a request up to its empty line into `head`.
async fn read_head(stream: &mut TcpStream, head: &mut Vec<u8>) -> Head {
    let mut buffer = [0; 8192];
    loop {
        let Ok(read) = stream.read(&mut buffer).await else { return Head::Unused };
        if read == 0 {
            return if head.is_empty() { Head::Unused } else { Head::Incomplete };
        }
        // The empty line may begin in what was read before.
        let from = head.len().saturating_sub(3);
        head.extend_from_slice(&buffer[..read]);
        if let Some(end) = head[from..].windows(4).position(|end| end == b"\r\n\r\n") {
            // Cookies may have any bytes; the callback is plain text.
            return Head::Complete(String::from_utf8_lossy(&head[..from + end]).into_owned());
        }
        if head.len() > MAX_HEAD {
            return Head::TooLarge;
        }
    }
}

/// The callback URL in a request to our address and path with a query. Another `Host` means that the name of a web
/// page resolves to this machine.
fn callback_in(head: &str, authority: &str, path: &str) -> Option<String> {
    let mut lines = head.split("\r\n");
    let target = lines.next()?.strip_prefix("GET ")?.split(' ').next()?;
    let host =
        lines.filter_map(|line| line.split_once(':')).find(|(name, _)| name.eq_ignore_ascii_case("host"))?.1.trim();
    let (target_path, query) = target.split_once('?')?;
    (host == authority && target_path == path && query.contains("state="))
        .then(|| format!("http://{authority}{target}"))
}

#[cfg(test)]
#[path = "loopback_tests.rs"]
mod tests;
