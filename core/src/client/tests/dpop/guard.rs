//! A provider that checks every proof as [RFC 9449 4.3](https://www.rfc-editor.org/rfc/rfc9449#section-4.3) says. It shares no code with the library.

use super::super::world::{TOKEN, TestClock};
use crate::net::scripted::{Scripted, answer, with_header};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bytes::Bytes;
use http::Request;
use ring::digest::{SHA256, digest};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex};

pub struct Guard {
    clock: Arc<TestClock>,
    state: Mutex<State>,
}

pub struct State {
    /// The nonce that a proof must repeat.
    pub nonce: Option<String>,
    /// Each refusal asks for another nonce.
    pub never_content: bool,
    /// The value of `DPoP-Nonce` in all responses; none means `nonce`.
    pub sends_nonce: Option<String>,
    pub token_type: Value,
    /// What a resource answers next, once the proof was accepted.
    pub answers: VecDeque<Scripted>,
    /// The claims of the proofs that were accepted.
    pub accepted: Vec<Value>,
    pub refusals: Vec<String>,
    pub revoked: usize,
    /// The thumbprint that each token is bound to.
    bound: HashMap<String, String>,
    seen: HashSet<String>,
    issued: usize,
}

fn sha256(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, text.as_bytes()))
}

impl Guard {
    pub fn new(clock: &Arc<TestClock>) -> Arc<Self> {
        let state = State {
            nonce: None,
            never_content: false,
            sends_nonce: None,
            token_type: json!("DPoP"),
            answers: VecDeque::new(),
            accepted: Vec::new(),
            refusals: Vec::new(),
            revoked: 0,
            bound: HashMap::new(),
            seen: HashSet::new(),
            issued: 0,
        };
        Arc::new(Self { clock: Arc::clone(clock), state: Mutex::new(state) })
    }

    pub fn set(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap());
    }

    pub fn read<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        read(&self.state.lock().unwrap())
    }

    pub async fn handle(self: Arc<Self>, request: Request<Bytes>) -> Scripted {
        let mut state = self.state.lock().unwrap();
        let now = self.clock.true_time().0 / 1_000;
        let response = match request.uri().path() {
            "/oauth2/revoke" => {
                state.revoked += 1;
                answer(200, "")
            }
            TOKEN => match state.check(&request, None, now) {
                Ok(jkt) => state.grant(&request, &jkt),
                Err(code) => state.refuse(400, code),
            },
            _ => {
                let token =
                    request.headers()["authorization"].to_str().unwrap().strip_prefix("DPoP ").map(str::to_owned);
                let checked = token.ok_or("invalid_token").and_then(|token| state.check(&request, Some(&token), now));
                match checked {
                    Ok(_) => state.answers.pop_front().unwrap_or_else(|| answer(200, r#"{"data":{"totalCost":1}}"#)),
                    Err(code) => state.refuse(401, code),
                }
            }
        };
        let sent = state.sends_nonce.clone().or_else(|| state.nonce.clone());
        let response = with_header(response, "date", &httpdate::fmt_http_date(self.clock.true_time().to_system_time()));
        match sent {
            Some(nonce) => with_header(response, "dpop-nonce", &nonce),
            None => response,
        }
    }
}

impl State {
    fn refuse(&mut self, status: u16, code: &'static str) -> Scripted {
        self.refusals.push(code.to_owned());
        if self.never_content {
            self.nonce = Some(format!("nonce-{}", self.refusals.len()));
        }
        let refused = answer(status, json!({"error": code}).to_string());
        let challenge = format!("Bearer realm=\"x\", DPoP algs=\"ES256\", error=\"{code}\"");
        if status == 401 { with_header(refused, "www-authenticate", &challenge) } else { refused }
    }

    fn grant(&mut self, request: &Request<Bytes>, jkt: &str) -> Scripted {
        let fields: Value = serde_json::from_slice(request.body()).unwrap();
        if let Some(spent) = fields["refreshToken"].as_str()
            && self.bound.remove(spent).as_deref() != Some(jkt)
        {
            return self.refuse(400, "invalid_grant");
        }
        self.issued += 1;
        let (access, refresh) = (format!("access-{}", self.issued), format!("refresh-{}", self.issued));
        self.bound.extend([(access.clone(), jkt.to_owned()), (refresh.clone(), jkt.to_owned())]);
        let tokens = json!({"access_token": access, "refresh_token": refresh, "expires_in": 3600, "token_type": self.token_type});
        answer(200, tokens.to_string())
    }

    /// The thumbprint of the key that signed, or the code of the refusal.
    fn check(&mut self, request: &Request<Bytes>, token: Option<&str>, now: i64) -> Result<String, &'static str> {
        const INVALID: &str = "invalid_dpop_proof";
        let proofs: Vec<_> = request.headers().get_all("dpop").iter().collect();
        let [proof] = proofs[..] else { return Err(INVALID) };
        assert!(proof.is_sensitive());
        let proof = proof.to_str().unwrap();
        let (input, signature) = proof.rsplit_once('.').unwrap();
        let (header, claims) = input.split_once('.').unwrap();
        let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).unwrap();
        let [header, claims]: [Value; 2] = [header, claims].map(|part| serde_json::from_slice(&decode(part)).unwrap());
        let jwk = &header["jwk"];
        assert_eq!(
            (&header["typ"], &header["alg"], header.as_object().unwrap().len()),
            (&json!("dpop+jwt"), &json!("ES256"), 3)
        );
        assert_eq!((&jwk["kty"], &jwk["crv"], jwk.as_object().unwrap().len()), (&json!("EC"), &json!("P-256"), 4));
        let (x, y) = (jwk["x"].as_str().unwrap(), jwk["y"].as_str().unwrap());
        let point = [vec![4], decode(x), decode(y)].concat();
        let verified =
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(input.as_bytes(), &decode(signature));
        let jkt = sha256(&format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#));
        let uri = request.uri();
        let target = format!("{}://{}{}", uri.scheme_str().unwrap(), uri.authority().unwrap(), uri.path());
        let is_right = verified.is_ok()
            && self.seen.insert(claims["jti"].as_str().unwrap().to_owned())
            && claims["htm"] == request.method().as_str()
            && claims["htu"] == target.as_str()
            && (claims["iat"].as_i64().unwrap() - now).abs() <= 60
            && claims.get("ath").and_then(Value::as_str) == token.map(sha256).as_deref();
        if !is_right {
            return Err(INVALID);
        }
        let is_content = self.nonce.is_none() || claims.get("nonce").and_then(Value::as_str) == self.nonce.as_deref();
        if !is_content || self.never_content {
            return Err("use_dpop_nonce");
        }
        if token.is_some_and(|token| self.bound.get(token) != Some(&jkt)) {
            return Err("invalid_token");
        }
        self.accepted.push(claims);
        Ok(jkt)
    }
}
