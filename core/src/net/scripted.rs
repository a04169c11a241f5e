//! A network made of a function, for tests on a paused clock.

use super::failure::HttpFailure;
use super::payload::{FieldValue, FileContent, Payload};
use super::progress::TransferProgress;
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

    /// The newest request to this path.
    pub fn last(&self, path: &str) -> Request<Bytes> {
        let requests = self.requests.lock().unwrap();
        requests.iter().rfind(|request| request.uri().path() == path).unwrap().clone()
    }

    pub fn count(&self, path: &str) -> usize {
        self.bodies(path).len()
    }

    /// What was sent to this path so far.
    pub fn bodies(&self, path: &str) -> Vec<Bytes> {
        let requests = self.requests.lock().unwrap();
        let to_path = requests.iter().filter(|request| request.uri().path() == path);
        to_path.map(|request| request.body().clone()).collect()
    }
}

impl Transport for ScriptedTransport {
    fn send(&self, request: Request<Payload>, _: Arc<TransferProgress>) -> BoxFuture<'static, Scripted> {
        let request = request.map(|payload| flat(&payload));
        self.requests.lock().unwrap().push(request.clone());
        (self.handler)(request)
    }

    fn drop_idle_connections(&self) {}
}

/// A payload as bytes; of a form a line for each field, so that tests read what would be sent.
fn flat(payload: &Payload) -> Bytes {
    let fields = match payload {
        Payload::Bytes(bytes) => return bytes.clone(),
        Payload::Form(fields) => fields,
    };
    let line = |value: &FieldValue| match value {
        FieldValue::Text(text) => text.clone(),
        FieldValue::File { file_name, media_type, content: FileContent::Bytes(bytes) } => {
            format!("{file_name} {media_type} {} bytes", bytes.len())
        }
        FieldValue::File { file_name, media_type, content: FileContent::Path { length, .. } } => {
            format!("{file_name} {media_type} file of {length} bytes")
        }
    };
    fields.iter().map(|field| format!("{}: {}\n", field.name, line(&field.value))).collect::<String>().into()
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
