//! Without the feature `openid` an id_token is ignored.

use super::Session;
use super::new_tokens::NewTokens;
use super::record::Grant;
use crate::error::Result;
use crate::secret::Secret;
use std::sync::Arc;

impl Session {
    pub(super) fn add_nonce(&self, _: &[String], _: &mut Vec<(String, String)>) -> Result<Option<Secret>> {
        Ok(None)
    }

    pub(super) async fn prepare_id_token_check(&self, _: &[String]) -> Result<()> {
        Ok(())
    }

    pub(super) async fn identify(&self, tokens: &mut NewTokens, _: Option<&Secret>) {
        tokens.grant.id_token = None;
    }

    pub(super) async fn prepare_refreshed_id_token_check(&self, _: &Grant) {}

    pub(super) async fn keep_of_same_user(self: &Arc<Self>, _: &Grant, mut tokens: NewTokens) -> Result<Grant> {
        tokens.grant.id_token = None;
        self.keep(tokens).await
    }

    pub(crate) fn check_subject(&self, _: &str, _: &str) -> Result<()> {
        Ok(())
    }
}
