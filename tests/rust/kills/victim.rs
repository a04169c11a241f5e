//! A process that is killed.

use crate::world::World;
use aipass_sandbox::user_agent;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

pub struct Victim {
    child: Child,
    stdin: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Victim {
    /// Starts a host app and waits until it is about to take its step.
    pub async fn start(world: &World, step: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_host-app"))
            .arg(world.sandbox.base_url().as_str())
            .arg(world.folder.path())
            .arg(step)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut lines = BufReader::new(stdout).lines();
        assert_eq!(lines.next_line().await.unwrap().as_deref(), Some("ready"));
        Self { child, stdin, lines }
    }

    /// SIGKILL after this time. The process may have ended by then.
    pub async fn killed_after(mut self, instant: Duration) {
        // This sleep is necessary: the instant is what is tested.
        tokio::time::sleep(instant).await;
        self.child.kill().await.unwrap(); // waits for the end
    }

    /// Plays its user until it is killed. Returns the callback, if there was one.
    pub async fn signs_in_until_killed(mut self, instant: Duration) -> Option<String> {
        let mut callback = None;
        let user = async {
            if let Some(url) = self.lines.next_line().await.unwrap() {
                let answer = user_agent::consent(&url.parse().unwrap()).await.unwrap();
                callback = Some(answer.to_string());
                // The process may have been killed by now.
                let _ = self.stdin.write_all(format!("{answer}\n").as_bytes()).await;
            }
            std::future::pending::<()>().await;
        };
        let _ = tokio::time::timeout(instant, user).await;
        self.child.kill().await.unwrap();
        // Killed after it printed its URL: the user consents all the same.
        if callback.is_none()
            && let Some(url) = self.lines.next_line().await.unwrap()
        {
            callback = Some(user_agent::consent(&url.parse().unwrap()).await.unwrap().to_string());
        }
        callback
    }

    /// How long the step takes without a kill.
    pub async fn undisturbed(mut self) -> Duration {
        let begun = Instant::now();
        if let Some(url) = self.lines.next_line().await.unwrap() {
            let callback = user_agent::consent(&url.parse().unwrap()).await.unwrap();
            self.stdin.write_all(format!("{callback}\n").as_bytes()).await.unwrap();
        }
        assert!(self.child.wait().await.unwrap().success());
        begun.elapsed()
    }
}
