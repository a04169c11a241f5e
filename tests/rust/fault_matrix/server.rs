//! A server that answers with exactly the bytes that a fault wants, on a loopback port of its own.

use crate::faults::{Answer, End, Fault, Step};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// What a good provider answers: the method and the path's beginning, the media type and the body.
pub type Good = (&'static str, &'static str, Vec<u8>);

pub struct Server {
    pub base_url: String,
    shared: Arc<Shared>,
    serving: JoinHandle<()>,
}

struct Shared {
    good: Vec<Good>,
    /// The method and path that the fault applies to, and the fault.
    faulty: Mutex<Option<(String, Arc<Fault>)>>,
    /// The statuses that were answered at the faulty path, in order; `None` without a whole status line.
    answered: Mutex<Vec<Option<u16>>>,
    /// The bytes of faulty responses that the client took.
    taken: AtomicUsize,
}

impl Server {
    pub async fn start(good: Vec<Good>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Shared {
            good,
            faulty: Mutex::default(),
            answered: Mutex::default(),
            taken: AtomicUsize::default(),
        });
        let serving = tokio::spawn(serve(listener, Arc::clone(&shared)));
        Self { base_url, shared, serving }
    }

    /// From now on the fault applies to requests whose method and path begin so.
    pub async fn break_at(&mut self, target: &str, fault: Arc<Fault>) {
        if matches!(*fault, Fault::Refused) {
            // Aborting drops the listener and its connections: the port refuses.
            self.serving.abort();
            let _ = (&mut self.serving).await;
        }
        *lock(&self.shared.faulty) = Some((target.to_owned(), fault));
    }

    /// The statuses that were answered by the fault.
    pub fn answered(&self) -> Vec<Option<u16>> {
        lock(&self.shared.answered).clone()
    }

    pub fn taken(&self) -> usize {
        self.shared.taken.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let shared = Arc::clone(&shared);
        connections.spawn(async move {
            // An error is the client's: it has had enough.
            let _ = respond(stream, &shared).await;
        });
    }
}

/// Answers one request, and closes: no cell depends on what a connection carried before.
async fn respond(mut stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let head = read_request(&mut stream).await?;
    let target = head.split(' ').take(2).collect::<Vec<_>>().join(" ");
    let found = shared.good.iter().find(|(known, ..)| target.starts_with(known));
    let (_, media_type, body) = found.cloned().unwrap_or(("", "text/plain", Vec::new()));
    let fault =
        lock(&shared.faulty).as_ref().filter(|(at, _)| target.starts_with(at)).map(|(_, fault)| Arc::clone(fault));
    let Some(fault) = fault else {
        let status = if found.is_some() { 200 } else { 404 };
        let Answer { steps, .. } = Answer::whole(status, media_type, body);
        return write_all(&mut stream, &steps, None).await;
    };
    let times = lock(&shared.answered).len();
    let Answer { status, steps, end } = fault.answer(media_type, body, times);
    lock(&shared.answered).push(status);
    write_all(&mut stream, &steps, Some(&shared.taken)).await?;
    match end {
        End::Close => stream.shutdown().await,
        End::Reset => stream.set_zero_linger(),
        End::Open => std::future::pending().await,
    }
}

async fn write_all(stream: &mut TcpStream, steps: &[Step], taken: Option<&AtomicUsize>) -> std::io::Result<()> {
    for step in steps {
        let (bytes, times, pause) = match step {
            Step::Write(bytes) => (bytes.as_slice(), 1, Duration::ZERO),
            Step::Repeat { bytes, times } => (bytes.as_slice(), *times, Duration::ZERO),
            Step::Drip { bytes, pause } => {
                for byte in bytes {
                    stream.write_all(&[*byte]).await?;
                    tokio::time::sleep(*pause).await;
                }
                continue;
            }
        };
        for _ in 0..times {
            stream.write_all(bytes).await?;
            if let Some(taken) = taken {
                taken.fetch_add(bytes.len(), Ordering::SeqCst);
            }
        }
        tokio::time::sleep(pause).await;
    }
    Ok(())
}

/// Reads a whole request; its first line.
async fn read_request(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut received = Vec::new();
    loop {
        let mut piece = [0; 16 * 1024];
        let count = stream.read(&mut piece).await?;
        if count == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        received.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&received);
        let Some((head, _)) = text.split_once("\r\n\r\n") else { continue };
        let lower = head.to_ascii_lowercase();
        let length = lower.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse::<usize>().ok());
        let whole = match length {
            Some(length) => received.len() >= head.len() + 4 + length,
            None if lower.contains("transfer-encoding: chunked") => received.ends_with(b"0\r\n\r\n"),
            None => true,
        };
        if whole {
            return Ok(head.lines().next().unwrap_or_default().to_owned());
        }
    }
}
