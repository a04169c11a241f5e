//! What becomes of a grant that another one replaces, and of tokens that could not be kept (L19).

use super::Session;
use super::record::Grant;
use super::revocations::ReplacedSignIn;
use super::token_endpoint::CredentialResponse;
use super::update::Change;
use crate::oauth::userinfo;
use bytes::Bytes;
use http::{Request, header};
use std::sync::Arc;
use std::time::Duration;

/// A completed sign-in waits no longer than this for what it replaced: a provider that stalls keeps no user waiting.
const MAX_WAIT: Duration = Duration::from_secs(5);

impl Session {
    /// Revokes what is left of a session that the provider ended. The caller does not wait for it.
    pub(super) fn revoke_beside(self: &Arc<Self>, grant: Grant) {
        if grant.refresh_token.is_none() && grant.remaining(self.server_now()).is_some_and(|left| left.is_zero()) {
            return; // nothing that works is left
        }
        let session = Arc::clone(self);
        tokio::spawn(async move { session.discard(&grant, None).await });
    }

    /// Gives up a token set that no session can use any more, and remembers what became of it: the call that brought it
    /// returns an error, which cannot say so (L19). `current` is the grant in use, if any.
    pub(super) async fn discard(&self, grant: &Grant, current: Option<&Grant>) -> ReplacedSignIn {
        let became = match current {
            Some(current) => self.give_up(grant, current).await,
            None => ReplacedSignIn::Revoked { report: self.revoke(grant).await },
        };
        self.log(format!("a token set was given up: {became:?}"));
        self.memory().discarded_tokens = Some(became.clone());
        became
    }

    /// Gives up the grants that a completed sign-in replaced (L19). Where the provider takes longer than [`MAX_WAIT`], it goes
    /// on beside the app.
    pub(super) async fn give_up_replaced(self: &Arc<Self>, replaced: Vec<Grant>, current: &Grant) {
        {
            let mut memory = self.memory();
            memory.replaced_sign_in = None;
            memory.completed_sign_in.clone_from(&current.id);
        }
        if replaced.is_empty() {
            return;
        }
        let (session, current) = (Arc::clone(self), current.clone());
        let given_up = tokio::spawn(async move { session.give_up_all(replaced, &current).await });
        if tokio::time::timeout(MAX_WAIT, given_up).await.is_err() {
            self.log("what a sign-in replaced is still being given up".to_owned());
        }
    }

    /// Gives up these grants, and remembers what became of them.
    async fn give_up_all(self: &Arc<Self>, replaced: Vec<Grant>, current: &Grant) {
        let mut outcome = None;
        for mut grant in replaced {
            let mut current = current.clone();
            if !self.provider.revocation_ends_one_token_set {
                self.learn_accounts(&mut grant, &mut current).await;
            }
            let became = self.give_up(&grant, &current).await;
            outcome = Some(match (outcome, became) {
                (Some(ReplacedSignIn::Revoked { report }), ReplacedSignIn::Revoked { report: next }) => {
                    ReplacedSignIn::Revoked { report: report.and(next) }
                }
                (Some(left @ (ReplacedSignIn::LeftSameAccount | ReplacedSignIn::LeftUnknownAccount)), _) => left,
                (_, became) => became,
            });
        }
        self.log(format!("a sign-in was replaced: {outcome:?}"));
        let mut memory = self.memory();
        // A later sign-in may have been completed while the provider was asked.
        if memory.completed_sign_in == current.id {
            memory.replaced_sign_in = outcome;
        }
    }

    /// Revokes `grant` while `current` is in use, where that cannot end `current` too: at many servers a revocation ends all
    /// grants of the account. So the accounts must be known and differ, or the provider must be known to end one token set
    /// only.
    pub(super) async fn give_up(&self, grant: &Grant, current: &Grant) -> ReplacedSignIn {
        let is_other = grant.account.as_ref().zip(current.account.as_ref()).map(|(before, now)| before != now);
        let left = match is_other {
            Some(false) => ReplacedSignIn::LeftSameAccount,
            _ => ReplacedSignIn::LeftUnknownAccount,
        };
        if is_other != Some(true) && !self.provider.revocation_ends_one_token_set {
            return left;
        }
        // A provider that does not rotate gives the same refresh token again.
        let refresh_token = grant.refresh_token.clone().filter(|token| current.refresh_token.as_ref() != Some(token));
        if grant.access_token == current.access_token || (refresh_token.is_none() && grant.refresh_token.is_some()) {
            return left;
        }
        ReplacedSignIn::Revoked { report: self.revoke(&Grant { refresh_token, ..grant.clone() }).await }
    }

    /// Asks the provider for the accounts of the two grants, if they are unknown.
    async fn learn_accounts(self: &Arc<Self>, replaced: &mut Grant, current: &mut Grant) {
        if current.account.is_none() {
            current.account = self.ask_account(current).await;
            if let Some(account) = &current.account {
                self.note_account(&current.id, account).await;
            }
        }
        if current.account.is_some() && replaced.account.is_none() {
            replaced.account = self.ask_account(replaced).await;
        }
    }

    /// `sub` of the userinfo response, if the provider has that endpoint and the access token still works.
    async fn ask_account(self: &Arc<Self>, grant: &Grant) -> Option<String> {
        let endpoint = self.provider.userinfo_endpoint.as_ref()?;
        if grant.remaining(self.server_now()).is_some_and(|left| left.is_zero()) {
            return None;
        }
        let request = Request::builder().uri(endpoint.as_str()).header(header::ACCEPT, "application/json");
        let request = request.body(Bytes::new()).and_then(|request| self.authorized(request, grant));
        match self.credential_request(request).await {
            Ok(CredentialResponse { status: 200..300, body, broken: None, .. }) => {
                userinfo::read(&body).map(|info| info.subject)
            }
            _ => None,
        }
    }

    /// Stores the account of the grant with this id. If that fails, the provider is asked again when it is needed.
    pub(crate) async fn note_account(&self, grant_id: &str, account: &str) {
        let noted = self.update(|record, now| {
            let phase = record.phase(now);
            match record
                .grant
                .as_mut()
                .filter(|grant| grant.id == grant_id && grant.account.as_deref() != Some(account))
            {
                Some(grant) => {
                    grant.account = Some(account.to_owned());
                    Ok(Change::Save(phase, ()))
                }
                None => Ok(Change::Leave(())),
            }
        });
        if let Err(error) = noted.await {
            self.log(format!("the account was not stored: {error}"));
        }
    }
}
