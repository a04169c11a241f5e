//! T7 through the whole session: whatever a token response looks like, the token set that it grants is stored or revoked.

use super::token_responses::{replace_with, revoked, sign_in_with, tokens_of};
use super::world::*;
use crate::session::{
    session_key,
    store::{MemoryStore, SessionStore},
};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRunner};
use std::sync::Arc;

/// The cases are shared by so many threads.
const THREADS: u32 = 2;

/// A token response, made of raw JSON values.
#[derive(Debug, Clone)]
struct Generated {
    status: u16,
    /// 0 to 3: usable in different spellings. 4: cannot stand in a header.
    access: usize,
    same_access: bool,
    /// `None`: no member. 0 to 3: a new token in different spellings; from 4: values that say nothing.
    refresh: Option<usize>,
    others: Vec<&'static str>,
    token_type: &'static str,
    error: &'static str,
    twice: bool,
    frame: (&'static str, &'static str),
    order: Vec<usize>,
}

#[derive(Debug, Clone)]
enum Step {
    Granted(Generated),
    Nothing(u16, &'static str),
}

const NO_TOKENS: [(u16, &str); 12] = [
    (200, ""),
    (200, "{}"),
    (200, "<html>"),
    (200, r#"{"access_token":""}"#),
    (200, r#"{"access_token":"at-9"#),
    (200, r#"{"error":"server_error"}"#),
    (200, r#"{"success":false,"message":"no"}"#),
    (204, ""),
    (400, r#"{"error":"invalid_request"}"#),
    (429, ""),
    (500, r#"{"error":"invalid_grant"}"#),
    (503, "busy"),
];

fn pick<T: Clone + std::fmt::Debug + 'static>(options: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(options)
}

fn generated() -> impl Strategy<Value = Generated> {
    let lifetime = pick(&[
        "",
        "\"expires_in\":3600",
        "\"expires_in\":\"3600\"",
        "\"expires_in\":1e999",
        "\"expires_in\":-1",
        "\"expires_in\":[]",
    ]);
    let scope = pick(&["", "\"scope\":\"api:access\"", "\"scope\":[\"api:access\"]", "\"scope\":{}", "\"scope\":7"]);
    let extra = pick(&[
        "",
        "\"x\":\"\\ud800\"",
        "\"user\":{\"access_token\":\"other\"}",
        "\"id_token\":\"e30.e30.\"",
        "\"data\":null",
    ]);
    let others = (lifetime, scope, extra).prop_map(|(lifetime, scope, extra)| vec![lifetime, scope, extra]);
    let token_type = pick(&["", "\"Bearer\"", "\"bearer\"", "null", "\"\"", "[\"Bearer\"]", "\"mac\"", "7"]);
    let error = pick(&[
        "",
        "\"\"",
        "false",
        "{}",
        "[]",
        "null",
        "0",
        "{\"message\":\"\",\"code\":null}",
        "\"broken\"",
        "{\"code\":\"x\"}",
        "true",
    ]);
    let frame = pick(&[
        ("", ""),
        ("\u{feff}\n", "\n"),
        ("[", "]"),
        ("{\"success\":true,\"data\":", ",\"message\":\"ok\"}"),
        ("", "\n<!-- 1 ms -->"),
        ("Notice: x\n", ""),
    ]);
    let status = pick(&[200_u16, 200, 201, 203]);
    let refresh = proptest::option::weighted(0.9, prop_oneof![4 => 0..4_usize, 1 => 4..9_usize]);
    let access = prop_oneof![9 => 0..4_usize, 1 => Just(4_usize)];
    let order = Just((0..8).collect::<Vec<_>>()).prop_shuffle();
    let parts = (status, access, any::<bool>(), refresh, others, token_type, error, any::<bool>(), frame, order);
    parts.prop_map(|(status, access, same_access, refresh, others, token_type, error, twice, frame, order)| Generated {
        status,
        access,
        same_access,
        refresh,
        others,
        token_type,
        error,
        twice,
        frame,
        order,
    })
}

impl Generated {
    fn access_token(&self, number: usize) -> String {
        match self.access {
            2 => format!("10{number}"),
            4 => format!("at {number}"),
            _ => format!("at-{number}"),
        }
    }

    fn refresh_token(&self, number: usize) -> Option<String> {
        match self.refresh? {
            2 => Some(format!("20{number}")),
            0..4 => Some(format!("rt-{number}")),
            _ => None,
        }
    }

    /// Whether the access token cannot be used.
    fn is_unusable(&self, access_token: &str) -> bool {
        access_token.contains(' ') || matches!(self.token_type, "\"mac\"" | "7")
    }

    fn has_defect(&self, access_token: &str) -> bool {
        self.is_unusable(access_token) || matches!(self.error, "\"broken\"" | "{\"code\":\"x\"}" | "true")
    }

    fn body(&self, access_token: &str, number: usize) -> String {
        let spelt = |spelling: usize, text: &str| match spelling {
            1 => format!("[\"{text}\"]"),
            2 if text.bytes().all(|byte| byte.is_ascii_digit()) => text.to_owned(),
            3 => format!("\"\\u{:04x}{}\"", text.as_bytes()[0], &text[1..]),
            _ => format!("\"{text}\""),
        };
        let mut members = vec![format!("\"access_token\":{}", spelt(self.access, access_token))];
        members.extend(self.refresh.map(|spelling| match self.refresh_token(number) {
            Some(token) => format!("\"refresh_token\":{}", spelt(spelling, &token)),
            None => format!("\"refresh_token\":{}", ["null", "\"\"", "[]", "{}", "false"][spelling - 4]),
        }));
        members.extend(self.others.iter().filter(|member| !member.is_empty()).map(ToString::to_string));
        for (name, value) in [("token_type", self.token_type), ("error", self.error)] {
            if !value.is_empty() {
                members.push(format!("\"{name}\":{value}"));
            }
        }
        let order = self.order.iter().filter_map(|place| members.get(*place)).cloned();
        let mut all: Vec<String> = Vec::new();
        if self.twice {
            all.push("\"access_token\":\"stale\"".to_owned()); // whatever comes later counts
            all.extend(self.refresh.map(|_| "\"refresh_token\":\"stale\"".to_owned()));
        }
        all.extend(order);
        let (before, after) = self.frame;
        format!("{before}{{{}}}{after}", all.join(","))
    }
}

/// After each response the session has the newest token set, or it was revoked.
async fn nothing_is_lost(steps: Vec<Step>) {
    let world = World::new();
    // A store in memory needs no thread for its calls: that halves the time of a case.
    let store = Arc::new(MemoryStore::new());
    let ai = world.client_over(store.clone());
    let key = session_key("https://aipass.one", "client_123", "default");
    let stored = || {
        let entry = store.load(key.clone()).unwrap()?;
        tokens_of(&serde_json::from_slice(&entry.bytes).unwrap())
    };
    let mut session: Option<(String, Option<String>)> = None;
    let mut is_unusable = false; // then it is refreshed before the call, and not after a 401
    for (number, step) in steps.into_iter().enumerate() {
        let (status, body, granted) = match step {
            Step::Nothing(status, body) => (status, body.to_owned(), None),
            Step::Granted(response) => {
                let same =
                    session.as_ref().filter(|_| response.same_access && !is_unusable).map(|(token, _)| token.clone());
                let token = same.unwrap_or_else(|| response.access_token(number));
                (response.status, response.body(&token, number), Some((token, response)))
            }
        };
        let shown = format!("step {number}: {status} {body}");
        let token = granted.as_ref().map_or("", |(token, _)| token);
        let signed_in = session.is_some();
        let outcome = match signed_in {
            false => sign_in_with(&world, &ai, status, body).await,
            true => {
                let current = session.as_ref().map(|(current, _)| current.as_str());
                replace_with(&world, &ai, current, status, body, token).await
            }
        };
        let expected_ok = granted.as_ref().is_some_and(|(token, response)| !response.has_defect(token));
        assert_eq!(outcome.is_ok(), expected_ok, "{shown}: {outcome:?}");
        if let Some((token, response)) = granted {
            let refresh_token = response.refresh_token(number);
            if signed_in || expected_ok {
                is_unusable = response.is_unusable(&token);
                let kept = session.and_then(|(_, kept)| kept); // T4
                session = Some((token, refresh_token.or(kept)));
            } else {
                let revoked = revoked(&world);
                assert!(revoked.contains(&token), "{shown}: {revoked:?}");
                assert!(refresh_token.is_none_or(|token| revoked.contains(&token)), "{shown}: {revoked:?}");
            }
        }
        assert_eq!(stored(), session, "{shown}");
        if session.as_ref().is_some_and(|(_, refresh_token)| refresh_token.is_none()) {
            return; // the next refresh would end the session
        }
    }
}

fn run(cases: u32) {
    let nothing = pick(&NO_TOKENS).prop_map(|(status, body)| Step::Nothing(status, body));
    let step = prop_oneof![5 => generated().prop_map(Step::Granted), 1 => nothing];
    // Without I/O: the network is scripted.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    let config =
        Config { cases, failure_persistence: None, rng_algorithm: RngAlgorithm::XorShift, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let ran = runner.run(&proptest::collection::vec(step, 1..4), |steps| {
        runtime.block_on(nothing_is_lost(steps));
        Ok(())
    });
    ran.unwrap_or_else(|failure| panic!("{failure}"));
}

// T7
#[test]
fn no_token_response_loses_a_token_set() {
    let cases = Config::default().cases;
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(|| run(cases.div_ceil(THREADS)))).collect();
        threads.into_iter().for_each(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
    });
}
