//! Connections, routes, and what holds for every request.

pub(crate) mod bearer;
pub(crate) mod connection;
pub(crate) mod guard;
mod logged_body;
pub(crate) mod open_count;
pub(crate) mod paced_body;
pub(crate) mod parameters;
pub(crate) mod refusal;
pub(crate) mod request_log;
mod routes;

use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::state::Shared;
use open_count::OpenCount;

/// How long answers under way may take once the sandbox was told to stop.
const MAX_FAREWELL: Duration = Duration::from_secs(1);

/// Answers connections until it is told to stop, or the task is aborted, which closes them all.
pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let routes = routes::routes(Arc::clone(&shared));
    let mut stop = std::pin::pin!(shared.told_to_stop());
    // The set dies with this task and takes its connections along: a stopped sandbox answers nobody.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let open = OpenCount::enter(&shared.connections);
                    let answering = connection::answer(stream, routes.clone(), shared.told_to_stop());
                    connections.spawn(async move {
                        let _open = open;
                        answering.await;
                    });
                }
                // Out of file descriptors, most likely: give the other connections a moment to close.
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            },
            Some(_) = connections.join_next() => {}
            () = &mut stop => break,
        }
    }
    drop(listener);
    let _ = tokio::time::timeout(MAX_FAREWELL, async { while connections.join_next().await.is_some() {} }).await;
}
