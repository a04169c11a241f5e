//! One connection: what its requests may know of it and do to it.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Extension;
use axum::Router;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::Notify;

/// A request's way back to the connection that it came on.
#[derive(Clone, Debug)]
pub(crate) struct Connection {
    /// The address that the client reached this server at.
    pub(crate) local: SocketAddr,
    /// The client's address.
    pub(crate) peer: SocketAddr,
    reset: Arc<Notify>,
}

impl Connection {
    /// Breaks the connection with a TCP reset, once what was written so far has left.
    pub(crate) fn reset(&self) {
        self.reset.notify_one();
    }
}

/// Answers the connection's requests until either side ends it. After `stop` the answer under way is its last.
pub(crate) async fn answer(stream: TcpStream, routes: Router, stop: impl Future<Output = ()>) {
    let (Ok(local), Ok(peer)) = (stream.local_addr(), stream.peer_addr()) else { return };
    // Streamed answers go out in small pieces: each must leave at once.
    let _ = stream.set_nodelay(true);
    let reset = Arc::new(Notify::new());
    let routes = routes.layer(Extension(Connection { local, peer, reset: Arc::clone(&reset) }));
    let service = TowerToHyperService::new(routes);
    let mut serving = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    let (mut stop, mut told) = (std::pin::pin!(stop), false);
    loop {
        tokio::select! {
            // First, so that what comes before a reset has been written.
            biased;
            // An error here is the client's: it went away or spoke no HTTP.
            _ = &mut serving => return,
            () = reset.notified() => {
                // With nothing to linger for, closing sends a reset. A platform that cannot do that closes all the same.
                let _ = serving.into_parts().io.into_inner().set_zero_linger();
                return;
            }
            () = &mut stop, if !told => {
                told = true;
                std::pin::Pin::new(&mut serving).graceful_shutdown();
            }
        }
    }
}
