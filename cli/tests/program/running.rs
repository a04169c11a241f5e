//! Runs the real program, for a bounded time.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStderr, ChildStdin, Command};
use url::Url;

/// Ends a test that hangs. A busy machine needs long.
const MAX_RUN: Duration = Duration::from_secs(180);

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Outcome {
    /// Standard output as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Standard output as JSON, one object a line.
    pub fn json_lines(&self) -> Vec<serde_json::Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Fails unless the program exited so and its error contains this.
    #[track_caller]
    pub fn fails_with(&self, status: i32, words: &str) {
        assert_eq!(self.status, status, "{self:?}");
        assert!(self.stderr.contains(words), "{words:?} is not in {}", self.stderr);
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
    }
}

/// The program with these arguments, where nobody has ever logged in.
pub fn command(arguments: &[&str]) -> Command {
    command_at(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("nobody"), arguments)
}

/// The program with a home of its own, free of the environment of whoever runs the tests.
pub fn command_at(home: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aipass"));
    command.args(arguments).kill_on_drop(true).env("AIPASS_HOME", home).env("AIPASS_KEYRING", "off");
    for name in ["AIPASS_BASE_URL", "AIPASS_CLIENT_ID", "AIPASS_UPSTREAM_KEY", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command
}

/// Runs the program to its end, with nothing on its standard input.
pub async fn run(arguments: &[&str]) -> Outcome {
    finish(command(arguments)).await
}

/// Runs the program to its end with a home of its own, and with nothing on its standard input.
pub async fn run_at(home: &Path, arguments: &[&str]) -> Outcome {
    finish(command_at(home, arguments)).await
}

/// Runs a command to its end, with nothing on its standard input.
pub async fn finish(command: Command) -> Outcome {
    let (outcome, result) = finish_for_bytes(command).await;
    Outcome { stdout: String::from_utf8(result).unwrap(), ..outcome }
}

/// The same of a command whose result is no text, and stands beside the outcome.
pub async fn finish_for_bytes(mut command: Command) -> (Outcome, Vec<u8>) {
    let output = tokio::time::timeout(MAX_RUN, command.stdin(Stdio::null()).output());
    let output = output.await.expect("the program takes too long").unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    (Outcome { status: output.status.code().unwrap_or(-1), stdout: String::new(), stderr }, output.stdout)
}

/// Runs the program to its end on a terminal; what the terminal showed.
#[cfg(target_os = "linux")]
pub async fn run_on_terminal(home: &Path, arguments: &[&str]) -> Outcome {
    let program = command_at(home, arguments);
    let program = program.as_std();
    let words = std::iter::once(program.get_program()).chain(program.get_args());
    let quoted: Vec<String> = words.map(|word| format!("'{}'", word.to_str().unwrap())).collect();
    // Debian's bsdutils and others' util-linux have it.
    let mut terminal = Command::new("script");
    terminal.args(["--quiet", "--return", "--command", &quoted.join(" "), "/dev/null"]).kill_on_drop(true);
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => terminal.env(name, value),
            None => terminal.env_remove(name),
        };
    }
    finish(terminal).await
}

/// A folder of this test's own, empty.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Writes a file; its path as an argument.
pub fn file(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Waits for what another process brings about.
pub async fn until(holds: impl Fn() -> bool) {
    let holds = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(MAX_RUN, holds).await.expect("it never came to that");
}

/// A run that is waited for at its standard input.
pub struct Dialogue {
    child: Child,
    stdin: Option<ChildStdin>,
    stderr: Lines<BufReader<ChildStderr>>,
    heard: String,
}

impl Dialogue {
    pub fn begin(mut command: Command) -> Self {
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        let (stdin, stderr) = (child.stdin.take(), child.stderr.take().unwrap());
        Self { child, stdin, stderr: BufReader::new(stderr).lines(), heard: String::new() }
    }

    /// The address that the program asks to open.
    pub async fn authorization_url(&mut self) -> Url {
        let line = self.hear("/oauth2/authorize?").await;
        Url::parse(line.trim()).unwrap()
    }

    /// The next line on standard error that contains this.
    pub async fn hear(&mut self, words: &str) -> String {
        let listening = async {
            while let Some(line) = self.stderr.next_line().await.unwrap() {
                self.heard.push_str(&line);
                self.heard.push('\n');
                if line.contains(words) {
                    return line;
                }
            }
            panic!("{words:?} was never said, only: {}", self.heard);
        };
        tokio::time::timeout(MAX_RUN, listening).await.expect("the program takes too long")
    }

    pub async fn paste(&mut self, line: &str) {
        let stdin = self.stdin.as_mut().expect("the input is still open");
        stdin.write_all(format!("{line}\n").as_bytes()).await.unwrap();
        stdin.flush().await.unwrap();
    }

    /// Closes standard input, as when nothing is piped in.
    pub fn input_ends(mut self) -> Self {
        self.stdin = None;
        self
    }

    /// Presses Ctrl-C.
    #[cfg(unix)]
    pub async fn interrupt(&self) {
        let id = self.child.id().expect("the program still runs").to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().await.unwrap().success());
    }

    /// Closes standard input and waits for the end.
    pub async fn finish(self) -> Outcome {
        let Self { child, stdin, stderr, heard } = self;
        drop(stdin);
        ends(child, stderr, heard).await
    }

    /// Waits for the end with standard input left open, as a terminal leaves it.
    pub async fn finish_with_open_input(self) -> Outcome {
        let Self { child, stdin, stderr, heard } = self;
        let outcome = ends(child, stderr, heard).await;
        drop(stdin);
        outcome
    }
}

async fn ends(mut child: Child, mut stderr: Lines<BufReader<ChildStderr>>, mut heard: String) -> Outcome {
    let mut stdout = String::new();
    let mut results = child.stdout.take().unwrap();
    let rest = async {
        while let Some(line) = stderr.next_line().await.unwrap() {
            heard.push_str(&line);
            heard.push('\n');
        }
    };
    let ending = async {
        let (status, read, ()) = tokio::join!(child.wait(), results.read_to_string(&mut stdout), rest);
        read.unwrap();
        status.unwrap().code().unwrap_or(-1)
    };
    let status = tokio::time::timeout(MAX_RUN, ending).await.expect("the program takes too long");
    Outcome { status, stdout, stderr: heard }
}

/// A program that runs until it is told to stop, and says where it listens in its first line.
pub struct Service {
    child: Child,
    stdin: Option<ChildStdin>,
    listening: serde_json::Value,
}

impl Service {
    pub async fn start(arguments: &[&str]) -> Self {
        let mut command = command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = tokio::time::timeout(MAX_RUN, lines.next_line()).await.expect("it takes too long").unwrap();
        let listening = serde_json::from_str(&first.expect("it said nothing")).unwrap();
        Self { stdin: child.stdin.take(), child, listening }
    }

    /// A member of its first line.
    pub fn text(&self, name: &str) -> String {
        self.listening[name].as_str().unwrap().to_owned()
    }

    /// Asks its control API; the answer.
    pub async fn control(&self, method: &str, operation: &str, body: Option<serde_json::Value>) -> serde_json::Value {
        let (head, response) = self.request(method, &format!("/sandbox/{operation}"), body).await;
        assert!(head.starts_with("HTTP/1.1 200"), "{head}{response}");
        serde_json::from_str(&response).unwrap()
    }

    /// Sends one request; the answer's head and body.
    pub async fn request(&self, method: &str, target: &str, body: Option<serde_json::Value>) -> (String, String) {
        let url = Url::parse(&self.text("base_url")).unwrap();
        let authority = &url[url::Position::BeforeHost..url::Position::AfterPort];
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        let request = format!(
            "{method} {target} HTTP/1.1\r\nHost: {authority}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        let mut stream = tokio::net::TcpStream::connect(authority).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).await.unwrap();
        let (head, body) = response.split_once("\r\n\r\n").unwrap();
        (head.to_owned(), body.to_owned())
    }

    pub fn close_input(&mut self) {
        self.stdin = None;
    }

    #[cfg(unix)]
    pub async fn signal(&self, signal: &str) {
        let id = self.child.id().expect("it still runs").to_string();
        assert!(Command::new("kill").args([signal, &id]).status().await.unwrap().success());
    }

    /// The status it exits with.
    pub async fn ends(&mut self) -> i32 {
        let ended = tokio::time::timeout(MAX_RUN, self.child.wait()).await.expect("it does not end");
        ended.unwrap().code().unwrap_or(-1)
    }
}
