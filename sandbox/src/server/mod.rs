//! Connections, routes, and what holds for every request.

pub(crate) mod bearer;
mod guard;
pub(crate) mod open_count;
pub(crate) mod parameters;
pub(crate) mod refusal;
pub(crate) mod request_log;
mod routes;

use std::sync::Arc;
use std::time::Duration;

use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::state::Shared;
use open_count::OpenCount;

/// Answers connections until the task is aborted, which closes them all.
pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let routes = routes::routes(Arc::clone(&shared));
    // The set dies with this task and takes its connections along: a stopped sandbox answers nobody.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let service = TowerToHyperService::new(routes.clone());
                    let open = OpenCount::enter(&shared.connections);
                    // Streamed answers go out in small pieces: each must leave at once.
                    let _ = stream.set_nodelay(true);
                    connections.spawn(async move {
                        let _open = open;
                        // An error here is the client's: it went away or spoke no HTTP.
                        let _ = hyper::server::conn::http1::Builder::new()
                            .serve_connection(TokioIo::new(stream), service)
                            .await;
                    });
                }
                // Out of file descriptors, most likely: give the other connections a moment to close.
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}
