//! A server of `tests/interop`, in a process of its own.

use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// Only ends what hangs.
pub const TIMEOUT: Duration = Duration::from_secs(120);

/// A path that scripts/suites/providers has put into this variable.
pub fn path_in(variable: &str) -> PathBuf {
    std::env::var_os(variable).unwrap_or_else(|| panic!("{variable} is not set: run scripts/test providers")).into()
}

/// `tests/interop/npm`, with what npm installs.
pub fn npm_folder() -> PathBuf {
    path_in("AIPASS_PROVIDERS_NPM")
}

/// A running server. It ends with this object, and with the test's process.
pub struct Server {
    pub issuer: String,
    stdin: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
    _child: Child,
}

impl Server {
    /// Starts it, and waits until it listens.
    async fn start(command: &mut Command) -> Self {
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true).spawn().expect("the server starts");
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut server = Self { issuer: String::new(), stdin, lines: BufReader::new(stdout).lines(), _child: child };
        server.issuer = server.line().await["issuer"].as_str().unwrap().to_owned();
        server
    }

    /// npm's oidc-provider, with its usual settings.
    pub async fn oidc_provider() -> Self {
        Self::oidc_provider_with(json!({})).await
    }

    /// The same with the settings that `tests/interop/npm/oidc-provider.mjs` has.
    pub async fn oidc_provider_with(settings: Value) -> Self {
        let script = npm_folder().join("oidc-provider.mjs");
        Self::start(Command::new("node").arg(script).arg(settings.to_string())).await
    }

    /// npm's oauth2-mock-server, which has faults.
    pub async fn oauth2_mock_server() -> Self {
        Self::start(Command::new("node").arg(npm_folder().join("oauth2-mock-server.mjs"))).await
    }

    /// PyPI's oidc-provider-mock.
    pub async fn oidc_provider_mock() -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/interop/oidc_provider_mock_server.py");
        Self::start(Command::new(path_in("AIPASS_PROVIDERS_PYTHON")).args(["-B", script])).await
    }

    async fn line(&mut self) -> Value {
        let line = tokio::time::timeout(TIMEOUT, self.lines.next_line()).await.expect("the server answers");
        serde_json::from_str(&line.unwrap().expect("the server runs")).unwrap()
    }

    /// Asks the server's script to do something.
    pub async fn ask(&mut self, what: Value) -> Value {
        self.stdin.write_all(format!("{what}\n").as_bytes()).await.unwrap();
        self.line().await
    }

    /// What the server has seen and what it keeps.
    pub async fn state(&mut self) -> State {
        let state = self.ask(json!({ "do": "state" })).await;
        serde_json::from_value(state).unwrap()
    }
}

/// Counters of `tests/interop/npm/oidc-provider.mjs`.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct State {
    pub token_requests: u64,
    pub refreshes: u64,
    pub grants_revoked: u64,
    pub pushed: u64,
    pub connections: u64,
    /// Token requests that were held back.
    pub held: u64,
    pub live_access: u64,
    pub live_refresh: u64,
}
