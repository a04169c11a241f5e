//! Keys of the platform, and keys that are lost.

use super::*;
use crate::{DpopSigner, DpopSignerError, SignInReason, StorageErrorKind};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use std::sync::Mutex;

/// A platform's key, which can be replaced and fail.
struct Keystore {
    key: Mutex<EcdsaKeyPair>,
    failure: Mutex<Option<DpopSignerError>>,
    /// What is given in the place of a signature.
    odd_signature: Mutex<Option<Vec<u8>>>,
}

fn new_key() -> EcdsaKeyPair {
    let (algorithm, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).unwrap()
}

impl Keystore {
    fn new() -> Arc<Self> {
        Arc::new(Self { key: Mutex::new(new_key()), failure: Mutex::default(), odd_signature: Mutex::default() })
    }

    fn fail_with(&self, failure: Option<DpopSignerError>) {
        *self.failure.lock().unwrap() = failure;
    }

    fn check(&self) -> Result<(), DpopSignerError> {
        self.failure.lock().unwrap().clone().map_or(Ok(()), Err)
    }
}

impl DpopSigner for Keystore {
    fn public_jwk(&self) -> Result<String, DpopSignerError> {
        self.check()?;
        let key = self.key.lock().unwrap();
        let (x, y) = key.public_key().as_ref()[1..].split_at(32);
        let (x, y) = (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y));
        Ok(json!({"kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": "not sent"}).to_string())
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, DpopSignerError> {
        self.check()?;
        let odd = self.odd_signature.lock().unwrap().clone();
        Ok(odd
            .unwrap_or_else(|| self.key.lock().unwrap().sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec()))
    }
}

fn held_by(keystore: &Arc<Keystore>) -> Option<DpopKey> {
    Some(DpopKey::HeldBy(keystore.clone()))
}

const LOST: SignInReason = SignInReason::DpopKeyLost;

fn is_lost(error: &Error) -> bool {
    matches!(error, Error::SignInRequired { reason, .. } if *reason == LOST)
}

// A14: the platform's key signs, and nothing of it is stored but its name
#[tokio::test(start_paused = true)]
async fn a_platforms_key_signs_and_is_not_stored() {
    let (bound, keystore) = (Bound::new(), Keystore::new());
    sign_in(&bound.client(held_by(&keystore))).await;
    pay(&bound.client(held_by(&keystore))).await.unwrap();
    tokio::time::advance(2 * HOUR).await;
    pay(&bound.client(held_by(&keystore))).await.unwrap();
    let stored = bound.world.store.record().unwrap()["grant"]["dpop"].clone();
    assert_eq!(stored.as_object().unwrap().keys().collect::<Vec<_>>(), ["jkt"]);
    assert_eq!((bound.refusals().len(), bound.transport.count(TOKEN)), (0, 2));
}

// A14: the platform made a new key, or says that the old one is gone: nothing is sent, and a new sign-in works
#[tokio::test(start_paused = true)]
async fn a_lost_key_needs_a_sign_in() {
    let lose: [fn(&Keystore); 2] = [
        |keystore| *keystore.key.lock().unwrap() = new_key(),
        |keystore| keystore.fail_with(Some(DpopSignerError::KeyLost { detail: "invalidated".into() })),
    ];
    for lose in lose {
        let (bound, keystore) = (Bound::new(), Keystore::new());
        let ai = bound.client(held_by(&keystore));
        sign_in(&ai).await;
        let sent = bound.transport.requests().len();
        lose(&keystore);
        assert!(is_lost(&pay(&ai).await.unwrap_err()));
        assert_eq!(ai.session_state().await, Ok(SessionState::NeedsSignIn { reason: LOST }));
        let url = "https://api.example.com".parse().unwrap();
        assert!(is_lost(&ai.dpop_proof(RawMethod::Get, &url, None).await.unwrap_err()));
        tokio::time::advance(2 * HOUR).await;
        assert!(is_lost(&pay(&ai).await.unwrap_err()), "nor can it be refreshed");
        assert_eq!(bound.transport.requests().len(), sent, "nothing was sent");
        keystore.fail_with(None);
        *keystore.key.lock().unwrap() = new_key();
        sign_in(&ai).await;
        pay(&ai).await.unwrap();
    }
}

// A14: a key that comes back is used again: nothing was stored of its loss
#[tokio::test(start_paused = true)]
async fn a_key_that_comes_back_is_used_again() {
    let (bound, keystore) = (Bound::new(), Keystore::new());
    let ai = bound.client(held_by(&keystore));
    sign_in(&ai).await;
    keystore.fail_with(Some(DpopSignerError::KeyLost { detail: "restoring".into() }));
    assert!(is_lost(&pay(&ai).await.unwrap_err()));
    keystore.fail_with(None);
    pay(&ai).await.unwrap();
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
}

// A14: a record whose key is neither stored nor held by a platform, or damaged
#[tokio::test(start_paused = true)]
async fn a_session_without_its_key_needs_a_sign_in() {
    let (bound, keystore) = (Bound::new(), Keystore::new());
    sign_in(&bound.client(held_by(&keystore))).await;
    for key in [None, Some(DpopKey::InSession)] {
        let ai = bound.client(key);
        assert_eq!(ai.session_state().await, Ok(SessionState::NeedsSignIn { reason: LOST }));
        assert!(is_lost(&ai.access_token(Duration::ZERO).await.unwrap_err()));
        assert!(is_lost(&ai.access_token(Duration::ZERO).await.unwrap_err()), "also when the record is in memory");
    }
    let ai = bound.client(Some(DpopKey::InSession));
    sign_in(&ai).await;
    pay(&ai).await.unwrap();
    for damaged in [json!("AAAA"), json!("")] {
        let bound = Bound::new();
        sign_in(&bound.client(Some(DpopKey::InSession))).await;
        bound.world.rewrite_record(|record| record["grant"]["dpop"]["private_key"] = damaged.clone());
        assert!(is_lost(&pay(&bound.client(None)).await.unwrap_err()), "{damaged}");
    }
}

// A14: a platform that cannot sign now, or never rightly, is told; the session and the callback stay
#[tokio::test(start_paused = true)]
async fn a_key_that_fails_costs_neither_session_nor_code() {
    let (bound, keystore) = (Bound::new(), Keystore::new());
    let ai = bound.client(held_by(&keystore));
    let unavailable = || Some(DpopSignerError::Unavailable { detail: "locked".into() });
    keystore.fail_with(unavailable());
    let error = ai.begin_sign_in(SignInOptions::default()).await.unwrap_err();
    assert!(matches!(error, Error::Storage { kind: StorageErrorKind::Unavailable, .. }), "{error}");
    keystore.fail_with(None);
    let callback = begin(&ai).await;
    keystore.fail_with(unavailable());
    assert_eq!(ai.complete_sign_in(callback.clone()).await.unwrap_err().code(), "storage_unavailable");
    keystore.fail_with(None);
    ai.complete_sign_in(callback).await.unwrap();
    for odd in [vec![], vec![0; 63], vec![0x30; 71]] {
        *keystore.odd_signature.lock().unwrap() = Some(odd);
        assert_eq!(pay(&ai).await.unwrap_err().code(), "storage_failed");
    }
    *keystore.odd_signature.lock().unwrap() = None;
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
    assert_eq!(bound.transport.requests(), ["POST /oauth2/token"]);
    pay(&ai).await.unwrap();
}

// A14: a bug of the host's
#[tokio::test]
async fn a_platform_that_panics_is_an_error() {
    struct Broken;
    impl DpopSigner for Broken {
        fn public_jwk(&self) -> Result<String, DpopSignerError> {
            panic!("a bug of the host's")
        }
        fn sign(&self, _: &[u8]) -> Result<Vec<u8>, DpopSignerError> {
            unreachable!()
        }
    }
    let ai = Bound::new().client(Some(DpopKey::HeldBy(Arc::new(Broken))));
    assert_eq!(ai.begin_sign_in(SignInOptions::default()).await.unwrap_err().code(), "storage_failed");
}
