//! One TCP connection: its addresses, how it is served, and how it is reset.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Extension;
use axum::Router;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::Notify;

/// The connection that a request came on.
#[derive(Clone, Debug)]
pub(crate) struct Connection {
    /// The address that the client reached this server at.
    pub(crate) local: SocketAddr,
    /// The client's address.
    pub(crate) peer: SocketAddr,
    reset: Arc<Notify>,
}

impl Connection {
    /// Closes the connection with a TCP reset, after what was written so far is sent.
    pub(crate) fn reset(&self) {
        self.reset.notify_one();
    }
}

/// Serves the connection's requests until either side ends it. After `stop` it finishes the current response and closes.
pub(crate) async fn serve(stream: TcpStream, routes: Router, stop: impl Future<Output = ()>) {
    let (Ok(local), Ok(peer)) = (stream.local_addr(), stream.peer_addr()) else { return };
    // Streamed responses consist of small pieces: each must be sent at once.
    let _ = stream.set_nodelay(true);
    let reset = Arc::new(Notify::new());
    let routes = routes.layer(Extension(Connection { local, peer, reset: Arc::clone(&reset) }));
    let service = TowerToHyperService::new(routes);
    let mut serving = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    let (mut stop, mut stopping) = (std::pin::pin!(stop), false);
    loop {
        tokio::select! {
            // First, so that everything before a reset is written.
            biased;
            // An error here is the client's: it went away or spoke no HTTP.
            _ = &mut serving => return,
            () = reset.notified() => {
                // With a linger time of zero, closing sends a reset. A platform that cannot do that closes normally.
                let _ = serving.into_parts().io.into_inner().set_zero_linger();
                return;
            }
            () = &mut stop, if !stopping => {
                stopping = true;
                std::pin::Pin::new(&mut serving).graceful_shutdown();
            }
        }
    }
}
