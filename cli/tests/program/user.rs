//! Somebody who is signed in to a sandbox, and runs the program.

use crate::running::{Dialogue, Outcome, command_at, finish_for_bytes, folder, run_at};
use aipass_sandbox::{Sandbox, user_agent};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::io::AsyncWriteExt;

pub struct User {
    pub sandbox: Sandbox,
    pub home: PathBuf,
}

impl User {
    pub async fn sign_in(name: &str) -> Self {
        Self::sign_in_to(Sandbox::builder().start().await.unwrap(), name).await
    }

    pub async fn sign_in_to(sandbox: Sandbox, name: &str) -> Self {
        let user = Self { sandbox, home: folder(name) };
        user.login(&[]).await;
        user
    }

    pub async fn login(&self, options: &[&str]) {
        let base_url = self.sandbox.base_url();
        let arguments = [&["login", "--no-browser", "--base-url", base_url.as_str()], options].concat();
        let mut login = Dialogue::begin(command_at(&self.home, &arguments));
        let callback = user_agent::consent(&login.authorization_url().await).await.unwrap();
        login.paste(callback.as_str()).await;
        let outcome = login.finish().await;
        assert_eq!(outcome.status, 0, "{outcome:?}");
    }

    pub async fn run(&self, arguments: &[&str]) -> Outcome {
        run_at(&self.home, arguments).await
    }

    /// Runs the program whose result is no text; the result beside what it said.
    pub async fn run_for_bytes(&self, arguments: &[&str]) -> (Outcome, Vec<u8>) {
        finish_for_bytes(command_at(&self.home, arguments)).await
    }

    /// Runs the program with this on its standard input.
    pub async fn run_with_input(&self, arguments: &[&str], input: &str) -> Outcome {
        let mut command = command_at(&self.home, arguments);
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(input.as_bytes()).await.unwrap();
        drop(stdin);
        let output = child.wait_with_output().await.unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Outcome { status: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// A folder for results, empty.
    pub fn results(&self) -> PathBuf {
        let results = self.home.join("results");
        std::fs::create_dir_all(&results).unwrap();
        results
    }
}

/// The names of what is in a folder, hidden or not.
pub fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}
