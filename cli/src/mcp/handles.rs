//! The sign-ins of this process, each under a handle: from the authorization URL to its tokens. They live in memory, and are
//! revoked when the program ends.

use super::tool_error::ToolError;
use aipass::AiPass;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// So many sign-ins are kept. More is no use of a person's.
const MAX_HANDLES: usize = 64;

/// A sign-in, and its tokens once it is complete.
#[derive(Clone)]
pub struct SignIn {
    pub ai: AiPass,
    pub redirect_uri: String,
    pub has_tokens: bool,
    /// Counts up: the smallest is the oldest.
    age: u64,
}

#[derive(Default)]
pub struct Handles(Mutex<(u64, HashMap<String, SignIn>)>);

impl Handles {
    /// Keeps a sign-in that was begun. If there are too many, the oldest one without tokens is forgotten for it.
    pub fn add(&self, ai: AiPass, redirect_uri: String) -> Result<String, ToolError> {
        let handle = format!("signin_{}", URL_SAFE_NO_PAD.encode(rand::random::<[u8; 12]>()));
        let mut kept = self.kept();
        let (count, sign_ins) = &mut *kept;
        if sign_ins.len() >= MAX_HANDLES {
            let pending = sign_ins.iter().filter(|(_, sign_in)| !sign_in.has_tokens);
            let oldest = pending.min_by_key(|(_, sign_in)| sign_in.age).map(|(handle, _)| handle.clone());
            let full = || ToolError::new("too_many", "64 sign-ins have tokens: end one with oauth2_revoke_token.");
            sign_ins.remove(&oldest.ok_or_else(full)?);
        }
        *count += 1;
        sign_ins.insert(handle.clone(), SignIn { ai, redirect_uri, has_tokens: false, age: *count });
        Ok(handle)
    }

    pub fn get(&self, handle: &str) -> Result<SignIn, ToolError> {
        self.kept().1.get(handle).cloned().ok_or_else(unknown)
    }

    /// The sign-in, if it has tokens.
    pub fn with_tokens(&self, handle: &str) -> Result<SignIn, ToolError> {
        let sign_in = self.get(handle)?;
        match sign_in.has_tokens {
            true => Ok(sign_in),
            false => Err(ToolError::argument("handle", "it has no tokens yet: call oauth2_exchange_token first")),
        }
    }

    pub fn note_tokens(&self, handle: &str) {
        if let Some(sign_in) = self.kept().1.get_mut(handle) {
            sign_in.has_tokens = true;
        }
    }

    pub fn remove(&self, handle: &str) {
        self.kept().1.remove(handle);
    }

    /// Asks the provider to revoke what is left, all at once: no one can use it after the program. Each takes 20 s at most.
    pub async fn end(&self) {
        let sign_ins = std::mem::take(&mut self.kept().1);
        let left = sign_ins.into_values().filter(|sign_in| sign_in.has_tokens);
        let ends = left.map(|sign_in| async move { sign_in.ai.sign_out().await });
        futures_util::future::join_all(ends).await;
    }

    fn kept(&self) -> MutexGuard<'_, (u64, HashMap<String, SignIn>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn unknown() -> ToolError {
    ToolError::argument("handle", "there is no such handle: oauth2_authorize makes one, and it ends with the program")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client() -> AiPass {
        AiPass::builder("client", "myapp://a").build().unwrap()
    }

    fn add(handles: &Handles) -> Result<String, ToolError> {
        handles.add(client(), "myapp://a".to_owned())
    }

    #[test]
    fn sign_ins_that_nobody_completes_make_room_and_tokens_do_not() {
        let handles = Handles::default();
        let all: Vec<String> = (0..MAX_HANDLES).map(|_| add(&handles).unwrap()).collect();
        handles.note_tokens(&all[0]);
        add(&handles).unwrap();
        assert!(handles.with_tokens(&all[0]).is_ok(), "its tokens are kept");
        assert!(handles.get(&all[1]).is_err(), "it was the oldest without tokens");
        assert!(handles.get(&all[2]).is_ok_and(|sign_in| !sign_in.has_tokens));
        assert!(handles.with_tokens(&all[2]).is_err());
        let names: Vec<String> = handles.kept().1.keys().cloned().collect();
        names.iter().for_each(|handle| handles.note_tokens(handle));
        assert!(add(&handles).is_err());
        handles.remove(&all[0]);
        assert!(add(&handles).is_ok());
    }
}
