//! A sandbox process of a scenario's own, driven through its control API.

use aipass_sandbox::user_agent;
use serde_json::Value;
use std::path::PathBuf;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

pub struct Sandbox {
    process: Child,
    client: reqwest::Client,
    control_url: String,
    /// What it tells of itself when it starts.
    pub facts: Value,
    pub base_url: String,
    pub client_id: String,
    pub redirect_uri: String,
}

impl Sandbox {
    pub async fn start(arguments: &[Value]) -> Result<Self, String> {
        let mut process = Command::new(program()?)
            .args(["sandbox", "--port", "0", "--json", "--while-stdin-open"])
            .args(arguments.iter().filter_map(Value::as_str))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| format!("the sandbox does not start: {error}"))?;
        let output = process.stdout.take().ok_or("the sandbox has no output")?;
        let line = BufReader::new(output).lines().next_line().await.map_err(|error| error.to_string())?;
        let facts: Value =
            serde_json::from_str(&line.ok_or("the sandbox ended at once")?).map_err(|e| e.to_string())?;
        let fact = |name: &str| facts[name].as_str().map(str::to_owned).ok_or(format!("the sandbox tells no {name}"));
        Ok(Self {
            process,
            client: user_agent::browser().map_err(|error| error.to_string())?,
            control_url: fact("control_url")?,
            base_url: fact("base_url")?,
            client_id: fact("client_id")?,
            redirect_uri: fact("redirect_uri")?,
            facts,
        })
    }

    /// Sends a request to the control API and returns its answer, which must not be a refusal.
    pub async fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, String> {
        let failed = |error: reqwest::Error| format!("the sandbox's {path}: {error}");
        let method = method.parse().map_err(|_| format!("{method} is no method"))?;
        let body = body.map(Value::to_string).unwrap_or_default();
        let request = self.client.request(method, format!("{}/{path}", self.control_url));
        let response = request.header("Content-Type", "application/json").body(body).send().await.map_err(failed)?;
        let status = response.status();
        let text = response.text().await.map_err(failed)?;
        if !status.is_success() {
            return Err(format!("the sandbox's {path} refused with {status}: {text}"));
        }
        serde_json::from_str(&text).map_err(|_| format!("the sandbox's {path} is no JSON: {text}"))
    }

    pub async fn stop(&mut self) -> Result<(), String> {
        self.process.kill().await.map_err(|error| format!("the sandbox does not end: {error}"))
    }
}

/// The `aipass` program: the one that is named, or the one that cargo built for the workspace's tests.
fn program() -> Result<PathBuf, String> {
    if let Some(named) = std::env::var_os("AIPASS_PROGRAM") {
        return Ok(named.into());
    }
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let built = own.parent().and_then(|deps| deps.parent()).map(|folder| folder.join("aipass"));
    built.filter(|program| program.exists()).ok_or_else(|| {
        "the program aipass is not built: run cargo build -p aipass-cli, or test the whole workspace".to_owned()
    })
}
