//! A provider: who was granted what, and which tokens work. It answers at once; `network.rs` makes it slow and unreliable.

use super::plan::Knobs;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::Instant;

/// The users' ids at the provider.
pub(super) const SUBJECTS: [&str; 2] = ["ann", "ben"];

/// A token set: the sign-in that it came of, and how many refreshes ago that was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct SetName {
    pub grant: usize,
    pub generation: usize,
}

/// What the provider knows, and what the test notes of it.
#[derive(Default)]
pub(super) struct Provider {
    pub codes: Vec<Code>,
    pub grants: Vec<Grant>,
}

pub(super) struct Code {
    pub user: usize,
    /// The grant that it was exchanged for.
    pub grant: Option<usize>,
}

/// What came of a sign-in.
pub(super) struct Grant {
    pub user: usize,
    /// Its token sets. The last one works.
    pub sets: Vec<TokenSet>,
    pub ended: bool,
}

pub(super) struct TokenSet {
    /// Whose request it answers, and when that was sent.
    pub process: usize,
    pub sent: Instant,
    expires_at: Instant,
    refused: bool,
    /// When it reached its process.
    pub delivered: Option<Instant>,
    /// Its response never reaches its process.
    pub lost: bool,
    /// Whether it was ever in the store.
    pub stored: bool,
    /// Whether the provider was asked to revoke it.
    pub given_back: bool,
}

/// What became of a request for tokens.
pub(super) enum Granted {
    Set(SetName, Value),
    /// `invalid_grant`. With it the set that the request would have got again, if the token sent is one that was spent.
    Refused {
        spent: Option<SetName>,
    },
}

pub(super) fn access_token(set: SetName, knobs: &Knobs) -> String {
    let number = if knobs.keeps_access_token { 0 } else { set.generation };
    format!("access-{}-{number}", set.grant)
}

fn refresh_token(set: SetName, knobs: &Knobs) -> String {
    let number = if knobs.rotates { set.generation } else { 0 };
    format!("refresh-{}-{number}", set.grant)
}

/// The numbers in a token or a code.
pub(super) fn parse(token: &str) -> Option<SetName> {
    let mut numbers = token.split('-').skip(1).map(str::parse);
    Some(SetName { grant: numbers.next()?.ok()?, generation: numbers.next()?.ok()? })
}

impl Provider {
    /// The user has consented.
    pub(super) fn issue_code(&mut self, user: usize) -> usize {
        self.codes.push(Code { user, grant: None });
        self.codes.len() - 1
    }

    pub(super) fn exchange(&mut self, code: usize, process: usize, sent: Instant, knobs: &Knobs) -> Granted {
        if self.codes[code].grant.is_some() {
            return Granted::Refused { spent: None };
        }
        let grant = self.grants.len();
        self.codes[code].grant = Some(grant);
        self.grants.push(Grant { user: self.codes[code].user, sets: Vec::new(), ended: false });
        self.issue(grant, process, sent, knobs)
    }

    pub(super) fn refresh(&mut self, token: &str, process: usize, sent: Instant, knobs: &Knobs) -> Granted {
        let Some(set) = parse(token) else { return Granted::Refused { spent: None } };
        let grant = &mut self.grants[set.grant];
        if grant.ended {
            return Granted::Refused { spent: None };
        }
        if knobs.rotates && set.generation + 1 != grant.sets.len() {
            grant.ended |= knobs.detects_reuse;
            return Granted::Refused { spent: Some(SetName { generation: set.generation + 1, ..set }) };
        }
        self.issue(set.grant, process, sent, knobs)
    }

    fn issue(&mut self, grant: usize, process: usize, sent: Instant, knobs: &Knobs) -> Granted {
        let sets = &mut self.grants[grant].sets;
        let set = SetName { grant, generation: sets.len() };
        let expires_at = Instant::now() + knobs.life;
        sets.push(TokenSet {
            process,
            sent,
            expires_at,
            refused: false,
            delivered: None,
            lost: false,
            stored: false,
            given_back: false,
        });
        let tokens = json!({
            "access_token": access_token(set, knobs),
            "refresh_token": refresh_token(set, knobs),
            "token_type": "Bearer",
            "expires_in": knobs.life.as_secs(),
        });
        Granted::Set(set, tokens)
    }

    pub(super) fn set(&mut self, set: SetName) -> &mut TokenSet {
        &mut self.grants[set.grant].sets[set.generation]
    }

    /// The newest token set of a grant.
    pub(super) fn newest(&self, grant: usize) -> SetName {
        SetName { grant, generation: self.grants[grant].sets.len() - 1 }
    }

    /// The user of an access token that the API accepts.
    pub(super) fn user_of(&self, access_token: &str, knobs: &Knobs) -> Option<usize> {
        let set = parse(access_token)?;
        let grant = self.grants.get(set.grant).filter(|grant| !grant.ended)?;
        // The same access token again lives as long as the last time.
        let set = if knobs.keeps_access_token { grant.sets.last()? } else { grant.sets.get(set.generation)? };
        (!set.refused && Instant::now() < set.expires_at).then_some(grant.user)
    }

    /// Whether the provider would refresh this set.
    pub(super) fn accepts(&self, set: SetName, knobs: &Knobs) -> bool {
        let grant = &self.grants[set.grant];
        !grant.ended && (!knobs.rotates || set.generation + 1 == grant.sets.len())
    }

    /// How much longer the access token of a set lives.
    pub(super) fn life_left(&self, set: SetName) -> Duration {
        let set = &self.grants[set.grant].sets[set.generation];
        if set.refused { Duration::ZERO } else { set.expires_at.saturating_duration_since(Instant::now()) }
    }

    /// Ends a grant, or refuses its access tokens from now on.
    pub(super) fn refuse(&mut self, grant: usize, whole_grant: bool) {
        let grant = &mut self.grants[grant];
        grant.ended |= whole_grant;
        grant.sets.iter_mut().for_each(|set| set.refused = true);
    }

    /// The client asks to revoke a token.
    pub(super) fn revoke(&mut self, token: &str, knobs: &Knobs) {
        let Some(set) = parse(token) else { return };
        let grant = &mut self.grants[set.grant];
        let is_refresh_token = token.starts_with("refresh");
        grant.ended |= is_refresh_token && (!knobs.rotates || set.generation + 1 == grant.sets.len());
        grant.sets[set.generation].refused |= !is_refresh_token;
    }
}
