//! Memory while an answer is read is bounded by its bytes, whatever they are (S8): at most four times as much and 8 MB.
//!
//! Counted are the bytes that are allocated at once in the whole process, by an allocator of this binary's own. Everything goes through
//! the public API and a real connection. One test, because the count is one.

// Counting is all that this allocator adds to the system's.
#![allow(unsafe_code)]

use aipass::{
    AiPass, ChatRequest, EmbeddingRequest, Error, ImageRequest, Provider, RawRequest, SignInOptions, SpeechRequest,
};
use std::alloc::{GlobalAlloc, Layout, System};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

struct Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: every call goes to the system's allocator as it came; growing in place is counted as new and old memory at once.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let live = LIVE.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(live, Ordering::Relaxed);
        // SAFETY: the caller's promises are the system's conditions.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the memory came from `alloc` above with this layout.
        unsafe { System.dealloc(pointer, layout) }
    }
}

const MB: usize = 1024 * 1024;

/// Answers every call of the model API with the same bytes.
struct Server {
    url: String,
    answer: Arc<Mutex<Body>>,
}

/// A media type and the bytes.
type Body = (&'static str, Arc<Vec<u8>>);

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let answer = Arc::new(Mutex::new(("", Arc::new(Vec::new()))));
        let shared = Arc::clone(&answer);
        std::thread::spawn(move || {
            for connection in listener.incoming() {
                let mut connection = connection.unwrap();
                let answer = shared.lock().unwrap().clone();
                // A client that has had enough closes the connection.
                let _ = respond(&mut connection, answer.0, &answer.1);
            }
        });
        Self { url, answer }
    }

    async fn signed_in(&self) -> AiPass {
        let provider = Provider::ai_pass_at(&self.url).unwrap();
        let ai = AiPass::builder("bounded", "myapp://auth/callback").provider(provider).build().unwrap();
        let tokens = br#"{"access_token":"a","token_type":"Bearer","expires_in":36000}"#;
        *self.answer.lock().unwrap() = ("application/json", Arc::new(tokens.to_vec()));
        let begun = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
        let state = begun.url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
        ai.complete_sign_in(format!("myapp://auth/callback?code=c&state={state}")).await.unwrap();
        ai
    }
}

fn respond(connection: &mut TcpStream, media_type: &str, body: &[u8]) -> std::io::Result<()> {
    let mut request = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let read = connection.read(&mut piece)?;
        request.extend_from_slice(&piece[..read]);
        let text = String::from_utf8_lossy(&request).to_ascii_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if read == 0 || body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                break;
            }
        }
    }
    let length = body.len();
    write!(
        connection,
        "HTTP/1.1 200 OK\r\ncontent-type: {media_type}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    )?;
    connection.write_all(body)
}

/// `start`, then `item` until there are so many bytes, then `end`.
fn filled(start: &str, item: &str, end: &str, bytes: usize) -> Vec<u8> {
    let count = (bytes - start.len() - end.len()) / item.len();
    let mut filled = Vec::with_capacity(bytes);
    filled.extend_from_slice(start.as_bytes());
    (0..count).for_each(|_| filled.extend_from_slice(item.as_bytes()));
    filled.extend_from_slice(end.as_bytes());
    filled
}

/// The same with a number in the place of each `#`.
fn numbered(start: &str, item: &str, end: &str, bytes: usize) -> Vec<u8> {
    let mut filled = start.as_bytes().to_vec();
    let mut number = 0;
    while filled.len() < bytes {
        filled.extend_from_slice(item.replace('#', &format!("{number:x}")).as_bytes());
        number += 1;
    }
    filled.extend_from_slice(end.as_bytes());
    filled
}

enum Ask {
    Chat,
    /// With several choices and log-probabilities.
    LargeChat,
    Stream,
    Images,
    Embeddings,
    /// Of 2,048 texts.
    LargeEmbeddings,
    Models,
    Speech,
    Raw,
}

/// A text, or the length of a long one.
fn short(text: String) -> String {
    if text.len() > 100 { text.len().to_string() } else { text }
}

impl Ask {
    async fn of(&self, ai: &AiPass) -> Result<String, Error> {
        let request = ChatRequest::user("Hello").model("m-1");
        match self {
            Self::Chat => ai.chat(request).await.map(|answer| short(answer.text)),
            Self::LargeChat => {
                let request = ChatRequest { n: Some(4), top_logprobs: Some(20), ..request };
                let answer = ai.chat(request).await?;
                let all =
                    answer.text.len() + answer.other_choices.iter().map(|choice| choice.text.len()).sum::<usize>();
                Ok(format!("{all} and {}", answer.logprobs.len()))
            }
            Self::Stream => {
                let stream = ai.chat_stream(request).await?;
                while stream.next().await?.is_some() {}
                stream.answer().await.map(|answer| answer.text)
            }
            Self::Images => {
                let request = ImageRequest { model: Some("m-1".into()), ..ImageRequest::new("a cat") };
                ai.generate_image(request).await.map(|images| images.images.len().to_string())
            }
            Self::Embeddings => {
                let request = EmbeddingRequest { model: Some("m-1".into()), ..EmbeddingRequest::new(vec!["a"; 16]) };
                ai.embed(request).await.map(|embeddings| embeddings.vectors.len().to_string())
            }
            Self::LargeEmbeddings => {
                let request = EmbeddingRequest { model: Some("m-1".into()), ..EmbeddingRequest::new(vec!["a"; 2048]) };
                let numbers = |vectors: Vec<Vec<f32>>| vectors.iter().map(Vec::len).sum::<usize>().to_string();
                ai.embed(request).await.map(|embeddings| numbers(embeddings.vectors))
            }
            Self::Models => ai.models_matching(Default::default()).await.map(|models| models.len().to_string()),
            Self::Speech => {
                let request = SpeechRequest { model: Some("m-1".into()), ..SpeechRequest::new("Hello") };
                ai.speak(request).await.map(|speech| speech.bytes.len().to_string())
            }
            Self::Raw => ai.call_endpoint(RawRequest::get("x")).await.map(|raw| raw.body.len().to_string()),
        }
    }
}

const REAL: &str = r#"{"message":{"content":"Hi"},"finish_reason":"stop"}"#;
/// Of most answers: where each item became a value of some hundred bytes, memory would be far beyond what is asserted.
const LIMIT: usize = MB;

/// What is asked, the answer, and the text of what is read of it; `None` if it is an error.
fn inputs() -> Vec<(&'static str, Ask, Vec<u8>, Option<&'static str>)> {
    let whole = |item: &str| filled(&format!(r#"{{"choices":[{REAL}"#), item, "]}", LIMIT);
    let message = |start: &str, item: &str, end: &str| {
        filled(
            &format!(r#"{{"choices":[{{"finish_reason":"stop","message":{{"content":"Hi",{start}"#),
            item,
            &format!("{end}}}}}]}}"),
            LIMIT,
        )
    };
    let events = |item: &str| {
        let event = filled(r#"data: {"choices":[{"delta":{"content":"Hi"}}"#, item, "]}\n\n", MB - 64);
        [event.repeat(2), b"data: [DONE]\n\n".to_vec()].concat()
    };
    let mut inputs = vec![
        ("empty choices", Ask::Chat, filled(r#"{"choices":[{}"#, ",{}", "]}", LIMIT), None),
        ("a choice, then empty ones", Ask::Chat, whole(",{}"), Some("Hi")),
        ("a choice, then lists", Ask::Chat, whole(",[]"), Some("Hi")),
        ("a choice, then zeros", Ask::Chat, whole(",0"), Some("Hi")),
        ("a choice, then ends", Ask::Chat, whole(r#",{"finish_reason":"x"}"#), Some("Hi")),
        (
            "many choices",
            Ask::Chat,
            numbered(&format!(r#"{{"choices":[{REAL}"#), r##",{"index":"#","message":{}}"##, "]}", LIMIT - 64),
            Some("Hi"),
        ),
        ("empty calls", Ask::Chat, message(r#""tool_calls":[{}"#, ",{}", "]"), Some("Hi")),
        ("calls", Ask::Chat, message(r#""tool_calls":[{}"#, r#",{"function":{"name":"x"}}"#, "]"), Some("Hi")),
        ("ids", Ask::Chat, message(r#""tool_calls":[{}"#, r#",{"id":"x"}"#, "]"), Some("Hi")),
        (
            "unknown members",
            Ask::Chat,
            numbered(r#"{"choices":[{"message":{"content":"Hi""#, r##","#":0"##, "}}]}", LIMIT - 64),
            Some("Hi"),
        ),
        (
            "unknown members outside",
            Ask::Chat,
            numbered(&format!(r#"{{"choices":[{REAL}]"#), r##","#":0"##, "}", LIMIT - 64),
            Some("Hi"),
        ),
        ("a nested member", Ask::Chat, message(r#""x":"#, "[", "").into_iter().chain("]".bytes()).collect(), None),
        ("an error of lists", Ask::Chat, filled(r#"{"error":["#, "[],", "0]}", LIMIT), None),
        ("an error of zeros", Ask::Chat, filled(r#"{"error":[0"#, ",0", r#"],"choices":[]}"#, LIMIT), None),
        ("zeros", Ask::Chat, filled("[0", ",0", "]", LIMIT), None),
        ("lists", Ask::Chat, filled("[[]", ",[]", "]", LIMIT), None),
        ("texts", Ask::Chat, filled("[\"\"", ",\"\"", "]", LIMIT), None),
        ("escapes", Ask::Chat, message(r#""reasoning":""#, r"\n", "\""), Some("Hi")),
        ("parts", Ask::Chat, filled(r#"{"choices":[{"message":{"content":["Hi""#, ",\"\"", "]}}]}", LIMIT), Some("Hi")),
        (
            "log-probabilities",
            Ask::Chat,
            filled(
                r#"{"choices":[{"message":{"content":"Hi"},"logprobs":{"content":[0"#,
                r#",{"token":"","logprob":0}"#,
                "]}}]}",
                LIMIT,
            ),
            Some("Hi"),
        ),
        (
            "log-probabilities of other tokens",
            Ask::Chat,
            filled(
                r#"{"choices":[{"message":{"content":"Hi"},"logprobs":{"content":[{"token":"","logprob":0,"top_logprobs":[0"#,
                r#",{"token":"","logprob":0}"#,
                "]}]}}]}",
                LIMIT,
            ),
            Some("Hi"),
        ),
        ("too large", Ask::Chat, filled(r#"{"choices":[{}"#, ",{}", "]}", 32 * MB), None),
        ("too large a page", Ask::Stream, filled("<html>", "x", "", 8 * MB), None),
        ("an endless line", Ask::Stream, filled("data: ", "x", "", 8 * MB), None),
        ("no fields", Ask::Stream, filled("", "x\n\n", "", LIMIT), None),
        ("one object", Ask::Stream, whole(",{}"), Some("Hi")),
        ("events of empty choices", Ask::Stream, events(",{}"), Some("HiHi")),
        ("events of calls", Ask::Stream, events(r#",{"delta":{"tool_calls":[{},{}]}}"#), Some("HiHi")),
        (
            "events of log-probabilities",
            Ask::Stream,
            {
                let start = r#"data: {"choices":[{"delta":{"content":"Hi"},"logprobs":{"content":[0"#;
                let event = filled(start, r#",{"token":"","logprob":0}"#, "]}}]}\n\n", MB - 64);
                [event.repeat(2), b"data: [DONE]\n\n".to_vec()].concat()
            },
            Some("HiHi"),
        ),
        ("empty images", Ask::Images, filled(r#"{"data":[{}"#, ",{}", "]}", LIMIT), None),
        ("images", Ask::Images, filled(r#"{"data":[{}"#, r#",{"b64_json":"AQ"}"#, "]}", LIMIT), Some("63")),
        ("an image", Ask::Images, filled(r#"{"data":[{"b64_json":""#, "AAAA", "\"}]}", 8 * MB), Some("1")),
        ("an image in lines", Ask::Images, filled(r#"{"data":[{"b64_json":""#, r"AAAA\n", "\"}]}", 8 * MB), Some("1")),
        ("empty embeddings", Ask::Embeddings, filled(r#"{"data":[{}"#, ",{}", "]}", LIMIT), None),
        ("zeros of embeddings", Ask::Embeddings, filled(r#"{"data":[{"embedding":[0"#, ",0", "]}]}", LIMIT), None),
        ("embeddings", Ask::Embeddings, filled(r#"{"data":[{}"#, r#",{"embedding":[0]}"#, "]}", LIMIT), None),
    ];
    inputs.extend(large());
    let vectors = [
        &b"{\"data\":["[..],
        &filled("", &format!("{{\"embedding\":[0{}]}},", ",0".repeat(16_000)), "", 16 * 32_100)[..],
    ]
    .concat();
    let mut vectors = vectors;
    vectors.pop(); // the last comma
    vectors.extend_from_slice(b"]}");
    inputs.push(("vectors", Ask::Embeddings, vectors, Some("16")));
    inputs
}

/// The largest responses that are read, and larger ones. A `*` stands for whatever is read of them.
fn large() -> Vec<(&'static str, Ask, Vec<u8>, Option<&'static str>)> {
    let said = |start: &str, item: &str, bytes: usize| {
        filled(&format!(r#"{{"choices":[{{"finish_reason":"stop","message":{{{start}""#), item, "\"}}]}", bytes)
    };
    let choices = |text: &str| {
        let choice =
            |index: usize| filled(&format!(r#"{{"index":{index},"message":{{"content":""#), text, "\"}}", 4 * MB - 64);
        [b"{\"choices\":[".to_vec(), (0..4).map(choice).collect::<Vec<_>>().join(&b","[..]), b"]}".to_vec()].concat()
    };
    let logprobs = |item: &str| {
        let start = r#"{"choices":[{"message":{"content":"Hi"},"logprobs":{"content":[0"#;
        filled(start, item, "]}}]}", 16 * MB)
    };
    let vectors = |vector: String, count: usize| {
        let mut list = filled("{\"data\":[", &format!("{vector},"), "", 10 + count * (vector.len() + 1));
        list.pop();
        list.extend_from_slice(b"]}");
        list
    };
    let floats = |number: &str| format!("{{\"embedding\":[{number}{}]}}", format!(",{number}").repeat(3071));
    let base64 = format!("{{\"embedding\":\"{}\"}}", "AACA".repeat(4096));
    let tops =
        format!(r#",{{"token":"","logprob":0,"top_logprobs":[{}]}}"#, [r#"{"token":"","logprob":0}"#; 20].join(","));
    vec![
        ("4 MB of text", Ask::Chat, said("\"content\":", "text", 4 * MB), Some("*")),
        ("4 MB of escapes", Ask::Chat, said("\"content\":", r"\n", 4 * MB), Some("*")),
        ("4 MB of reasoning", Ask::Chat, said("\"content\":\"Hi\",\"reasoning\":", "text", 4 * MB), Some("Hi")),
        ("4 MB of an unknown member", Ask::Chat, said("\"content\":\"Hi\",\"x\":", "text", 4 * MB), Some("Hi")),
        ("16 MB of text", Ask::Chat, said("\"content\":", "text", 16 * MB), None),
        ("16 MB of text where it is asked for", Ask::LargeChat, said("\"content\":", "text", 16 * MB), Some("*")),
        (
            "16 MB of an unknown member",
            Ask::LargeChat,
            said("\"content\":\"Hi\",\"x\":", "text", 16 * MB),
            Some("2 and 0"),
        ),
        ("16 MB of escapes", Ask::LargeChat, said("\"content\":", r"\u00e9", 16 * MB), Some("*")),
        ("four choices of 4 MB", Ask::LargeChat, choices("text"), Some("*")),
        ("16 MB of other tokens", Ask::LargeChat, logprobs(&tops), Some("*")),
        ("large vectors", Ask::LargeEmbeddings, vectors(floats("0"), 2048), Some("6291456")),
        ("large vectors of long numbers", Ask::LargeEmbeddings, vectors(floats("-0.0123456789"), 256), None),
        ("large vectors in base64", Ask::LargeEmbeddings, vectors(base64, 2048), Some("6291456")),
        ("4 MB of ids", Ask::Models, filled("[\"a\"", ",\"a\"", "]", 4 * MB), Some("20000")),
        (
            "4 MB of models",
            Ask::Models,
            numbered("{\"data\":[{\"id\":\"a\"}", ",{\"id\":\"#\",\"capabilities\":[\"a\",\"b\"]}", "]}", 4 * MB - 64),
            Some("20000"),
        ),
        ("16 MB of models", Ask::Models, filled("{\"data\":[{\"id\":\"a\"}", ",{\"id\":\"a\"}", "]}", 16 * MB), None),
        ("an error in the place of a recording", Ask::Speech, filled("{\"error\":[0", ",[]", "]}", 16 * MB), None),
        ("16 MB of any endpoint", Ask::Raw, filled("[0", ",0", "]", 16 * MB), Some("*")),
    ]
}

// S8, P4
#[test]
fn reading_an_answer_takes_memory_by_its_bytes_and_not_by_what_they_say() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let server = Server::start();
    let ai = runtime.block_on(server.signed_in());
    for (about, ask, body, expected) in inputs() {
        let bytes = body.len();
        *server.answer.lock().unwrap() =
            (if matches!(ask, Ask::Stream) { "text/event-stream" } else { "application/json" }, Arc::new(body));
        let before = LIVE.load(Ordering::Relaxed);
        PEAK.store(before, Ordering::Relaxed);
        let answer = runtime.block_on(ask.of(&ai));
        let peak = PEAK.load(Ordering::Relaxed) - before;
        let read = answer.as_deref().ok();
        assert_eq!(if expected == Some("*") { read.and(expected) } else { read }, expected, "{about}: {answer:?}");
        assert!(peak <= 4 * bytes + 8 * MB, "{about}: {peak} bytes for {bytes}");
        if std::env::var_os("AIPASS_SHOW_MEMORY").is_some() {
            println!("{about}: {:.1} times {bytes}", peak as f64 / bytes as f64);
        }
    }
}
