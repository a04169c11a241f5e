//! A client of the Model Context Protocol, over the program's standard input and output.

use crate::running::command;
use serde_json::{Value, json};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout};

/// Ends a test that hangs. A busy machine needs long.
const MAX_WAIT: Duration = Duration::from_secs(120);

pub struct Client {
    child: Child,
    stdin: ChildStdin,
    stdout: Lines<BufReader<ChildStdout>>,
    next_id: u64,
}

pub fn initialize() -> Value {
    json!({
        "jsonrpc": "2.0", "id": 0, "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18", "capabilities": {},
            "clientInfo": { "name": "test", "version": "1" },
        },
    })
}

impl Client {
    /// Starts the program and shakes hands; the server's answer beside the client.
    pub async fn start(arguments: &[&str]) -> (Self, Value) {
        let mut command = command(&[&["mcp"], arguments].concat());
        command.env("SECRET", "client-secret-1");
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut client = Self { child, stdin, stdout: BufReader::new(stdout).lines(), next_id: 1 };
        client.send(&initialize().to_string()).await;
        let answer = client.receive().await;
        client.send(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }).to_string()).await;
        (client, answer)
    }

    pub async fn send(&mut self, line: &str) {
        self.stdin.write_all(format!("{line}\n").as_bytes()).await.unwrap();
        self.stdin.flush().await.unwrap();
    }

    pub async fn receive(&mut self) -> Value {
        let line = tokio::time::timeout(MAX_WAIT, self.stdout.next_line()).await.expect("no answer").unwrap();
        serde_json::from_str(&line.expect("the program ended")).unwrap()
    }

    /// Asks for something; the answer, which may be an error.
    pub async fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.next_id;
        self.next_id += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string()).await;
        let answer = self.receive().await;
        assert_eq!(answer["id"], id, "{answer}");
        answer
    }

    /// Sends these lines, then a ping; all that was answered before the ping was.
    pub async fn survive(&mut self, lines: &[String]) -> Vec<Value> {
        for line in lines {
            self.send(line).await;
        }
        let id = format!("ping {}", self.next_id);
        self.next_id += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": "ping" }).to_string()).await;
        let mut said = Vec::new();
        loop {
            let answer = self.receive().await;
            if answer["id"] == *id {
                return said;
            }
            said.push(answer);
        }
    }

    async fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let answer = self.ask("tools/call", json!({ "name": tool, "arguments": arguments })).await;
        assert!(answer.get("error").is_none(), "{tool}: {answer}");
        answer["result"].clone()
    }

    /// Calls a tool that works; what it gives.
    pub async fn done(&mut self, tool: &str, arguments: Value) -> Value {
        let result = self.call(tool, arguments).await;
        assert_ne!(result["isError"], true, "{tool}: {result}");
        let text: Value = serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
        assert_eq!(text, result["structuredContent"]);
        text
    }

    /// Calls a tool that does nothing; the sentence that says why.
    pub async fn refused(&mut self, tool: &str, arguments: Value) -> String {
        let result = self.call(tool, arguments).await;
        assert_eq!(result["isError"], true, "{tool}: {result}");
        let sentence = result["content"][0]["text"].as_str().unwrap().to_owned();
        assert_eq!(result["structuredContent"]["error"]["sentence"], *sentence);
        assert!(sentence.ends_with('.') && !sentence.contains("panicked"), "{sentence}");
        sentence
    }

    /// Closes standard input, and waits for the end; the status, and what was said on standard error.
    pub async fn close(self) -> (i32, String) {
        let Self { mut child, stdin, .. } = self;
        drop(stdin);
        let mut said = String::new();
        let mut stderr = child.stderr.take().unwrap();
        let ending = async {
            let (status, read) = tokio::join!(child.wait(), stderr.read_to_string(&mut said));
            read.unwrap();
            status.unwrap().code().unwrap_or(-1)
        };
        let status = tokio::time::timeout(MAX_WAIT, ending).await.expect("the program does not end");
        (status, said)
    }
}
