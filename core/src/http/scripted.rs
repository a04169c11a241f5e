//! A network made of a function, for tests on a paused clock.

use super::failure::HttpFailure;
use super::transport::{BodyStream, Transport};
use bytes::Bytes;
use futures_util::future::{BoxFuture, FutureExt};
use http::{Request, Response};
use std::future::Future;
use std::sync::{Arc, Mutex};

pub(crate) type Scripted = Result<Response<BodyStream>, HttpFailure>;

type Handler = dyn Fn(Request<Bytes>) -> BoxFuture<'static, Scripted> + Send + Sync;

pub(crate) struct ScriptedTransport {
    handler: Box<Handler>,
    requests: Mutex<Vec<Request<Bytes>>>,
}

impl ScriptedTransport {
    pub fn new<F>(handler: impl Fn(Request<Bytes>) -> F + Send + Sync + 'static) -> Arc<Self>
    where
        F: Future<Output = Scripted> + Send + 'static,
    {
        Arc::new(Self { handler: Box::new(move |request| handler(request).boxed()), requests: Mutex::default() })
    }

    /// Method and path of all requests so far.
    pub fn requests(&self) -> Vec<String> {
        let requests = self.requests.lock().unwrap();
        requests.iter().map(|request| format!("{} {}", request.method(), request.uri().path())).collect()
    }

    pub fn count(&self, path: &str) -> usize {
        self.requests.lock().unwrap().iter().filter(|request| request.uri().path() == path).count()
    }
}

impl Transport for ScriptedTransport {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'static, Scripted> {
        self.requests.lock().unwrap().push(request.clone());
        (self.handler)(request)
    }

    fn drop_idle_connections(&self) {}
}

/// An answer with this status and body.
pub(crate) fn answer(status: u16, body: impl Into<Bytes>) -> Scripted {
    chunks(status, vec![Ok(body.into())])
}

/// An answer whose body comes in these pieces.
pub(crate) fn chunks(status: u16, pieces: Vec<Result<Bytes, HttpFailure>>) -> Scripted {
    let body = BodyStream::new(futures_util::stream::iter(pieces));
    Ok(Response::builder().status(status).body(body).unwrap())
}

/// The same with a header more.
pub(crate) fn with_header(answer: Scripted, name: &'static str, value: &str) -> Scripted {
    answer.map(|mut response| {
        response.headers_mut().insert(name, value.parse().unwrap());
        response
    })
}
