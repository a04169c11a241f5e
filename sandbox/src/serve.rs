//! Accepts connections until the sandbox stops.

use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::wire::connection;
use crate::wire::open_count::OpenCount;
use crate::wire::stop_signal::StopSignal;

/// How long responses under way may take after the stop signal.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(1);
/// The pause after a connection could not be accepted.
const ACCEPT_RETRY: Duration = Duration::from_millis(20);

/// Serves connections until the stop signal, or until the task is aborted, which closes them all.
pub(crate) async fn serve(listener: TcpListener, routes: Router, connections: OpenCount, stop: StopSignal) {
    let mut stopped = std::pin::pin!(stop.received());
    // Dropping the set aborts its tasks: after this task ends no connection is served.
    let mut tasks = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let open = connections.enter();
                    let serving = connection::serve(stream, routes.clone(), stop.received());
                    tasks.spawn(async move {
                        let _open = open;
                        serving.await;
                    });
                }
                // Most likely out of file descriptors: give other connections a moment to close.
                Err(_) => tokio::time::sleep(ACCEPT_RETRY).await,
            },
            Some(_) = tasks.join_next() => {}
            () = &mut stopped => break,
        }
    }
    drop(listener);
    let _ = tokio::time::timeout(SHUTDOWN_GRACE, async { while tasks.join_next().await.is_some() {} }).await;
}
