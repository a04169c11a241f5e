use super::*;
use crate::oauth::token::Tokens;
use crate::secret::Secret;
use proptest::prelude::*;
use std::time::Duration;

const NOW: Timestamp = Timestamp(1_790_000_000_000);

fn pending(state: &str) -> PendingSignIn {
    PendingSignIn {
        state: Secret::new(state),
        code_verifier: Secret::new("verifier"),
        nonce: None,
        scopes: vec!["api:access".into()],
        resources: Vec::new(),
        dpop: None,
        expires_at: NOW.plus(Duration::from_secs(600)),
        stage: Stage::Waiting,
        device: None,
    }
}

fn tokens(refresh_token: Option<&str>) -> Tokens {
    Tokens {
        access_token: Secret::new("access-2"),
        refresh_token: refresh_token.map(Secret::new),
        expires_in: Some(Duration::from_secs(3600)),
        scopes: None,
        id_token: None,
    }
}

fn grant() -> Grant {
    Grant {
        id: "grant-1".into(),
        account: None,
        access_token: Secret::new("access-1"),
        refresh_token: Some(Secret::new("refresh-1")),
        expires_at: Some(NOW),
        lifetime_ms: Some(3_600_000),
        server_clock_offset_ms: 0,
        scopes: vec!["api:access".into()],
        requested_scopes: Vec::new(),
        resources: Vec::new(),
        id_token: None,
        dpop: None,
    }
}

// L9: never edit these files; a new version of the record gets new ones
#[test]
fn every_record_ever_written_still_loads() {
    let signed_in = Record::decode(include_bytes!("../../../fixtures/session/v1-signed-in.json")).unwrap();
    assert_eq!(signed_in.phase(NOW), Phase::SignedIn);
    assert_eq!(signed_in.grant, Some(grant()));
    let signing_in = Record::decode(include_bytes!("../../../fixtures/session/v1-signing-in.json")).unwrap();
    assert_eq!(signing_in.phase(NOW), Phase::SigningIn);
    assert_eq!(signing_in.pending, [pending("state-1"), PendingSignIn { stage: Stage::Claimed, ..pending("state-2") }]);
    let ended = Record::decode(include_bytes!("../../../fixtures/session/v1-needs-sign-in.json")).unwrap();
    assert_eq!(ended.phase(NOW), Phase::NeedsSignIn);
    let refreshing = Record::decode(include_bytes!("../../../fixtures/session/v1-refreshing.json")).unwrap();
    assert_eq!(refreshing.phase(NOW), Phase::Refreshing);
}

// L9
#[test]
fn version_2_loads() {
    let signed_in = Record::decode(include_bytes!("../../../fixtures/session/v2-signed-in.json")).unwrap();
    assert_eq!(signed_in.grant, Some(Grant { account: Some("user-1".into()), ..grant() }));
    let refreshing = Record::decode(include_bytes!("../../../fixtures/session/v2-refreshing.json")).unwrap();
    assert_eq!(refreshing.phase(NOW), Phase::Refreshing);
    assert_eq!(refreshing.lease, Some(Lease { owner: "process-1".into(), beat: 3 }));
    let ended = Record::decode(include_bytes!("../../../fixtures/session/v2-needs-sign-in.json")).unwrap();
    assert_eq!((ended.phase(NOW), ended.ended_grant.as_deref()), (Phase::NeedsSignIn, Some("grant-1")));
    let signing_in = Record::decode(include_bytes!("../../../fixtures/session/v2-signing-in.json")).unwrap();
    assert_eq!((signing_in.phase(NOW), signing_in.pending.len()), (Phase::SigningIn, 3));
    let with_id_token = Record::decode(include_bytes!("../../../fixtures/session/v2-signed-in-id-token.json")).unwrap();
    let id_token = Some(Secret::new("id-1"));
    assert_eq!(with_id_token.grant, Some(Grant { account: Some("user-1".into()), id_token, ..grant() }));
    let with_nonce = Record::decode(include_bytes!("../../../fixtures/session/v2-signing-in-nonce.json")).unwrap();
    assert_eq!(
        (with_nonce.phase(NOW), with_nonce.pending[0].nonce.clone()),
        (Phase::SigningIn, Some(Secret::new("nonce-1")))
    );
}

// L9, RFC 8707: what is missing in older records is none
#[test]
fn resources_of_a_grant_and_of_a_pending_sign_in_load() {
    let record = Record::decode(include_bytes!("../../../fixtures/session/v2-resources.json")).unwrap();
    let resources = vec!["https://api.example.com".to_owned()];
    assert_eq!(record.grant.map(|grant| grant.resources), Some(resources.clone()));
    assert_eq!(record.pending, [PendingSignIn { resources, ..pending("state-1") }]);
}

// L9, A14: what is missing in older records is none; a platform's key is known by its name only
#[test]
fn the_key_of_a_grant_and_of_a_pending_sign_in_load() {
    let record = Record::decode(include_bytes!("../../../fixtures/session/v2-dpop.json")).unwrap();
    let key =
        |jkt: &str, private_key: Option<&str>| BoundKey { jkt: jkt.into(), private_key: private_key.map(Secret::new) };
    assert_eq!(record.grant, Some(Grant { dpop: Some(key("thumbprint-1", Some("key-1"))), ..grant() }));
    assert_eq!(record.pending, [PendingSignIn { dpop: Some(key("thumbprint-2", None)), ..pending("state-1") }]);
    assert_eq!(Record::decode(&record.encode().unwrap()).unwrap(), record);
    assert!(!format!("{record:?}").contains("key-1"));
    let next = record.grant.unwrap().refreshed(tokens(None), NOW, 0);
    assert_eq!(next.dpop, Some(key("thumbprint-1", Some("key-1"))));
    assert_eq!(grant().dpop, None);
}

// L9
#[test]
fn a_sign_in_with_a_devices_code_loads() {
    let record = Record::decode(include_bytes!("../../../fixtures/session/v2-device-sign-in.json")).unwrap();
    assert_eq!(record.phase(NOW), Phase::SigningIn);
    let device = super::pending::PendingDevice {
        device_code: Secret::new("device-1"),
        user_code: "WDJB-MJHT".into(),
        verification_uri: "https://example.com/device".into(),
        verification_uri_complete: Some("https://example.com/device?user_code=WDJB-MJHT".into()),
        interval_ms: 5000,
    };
    let waiting = PendingSignIn { code_verifier: Secret::new(""), device: Some(device.clone()), ..pending("state-1") };
    assert_eq!(record.pending[0], waiting);
    assert!(record.pending[0].is_waited_for() && !record.pending[1].is_waited_for());
    assert_eq!(Record::decode(&record.encode().unwrap()).unwrap(), record);
}

// T7: any member makes another token set; the account is none, because it is learnt later
#[test]
fn a_token_set_is_known_by_all_of_its_members() {
    let changes: [fn(&mut Grant); 8] = [
        |grant| grant.id = "grant-2".into(),
        |grant| grant.access_token = Secret::new("access-2"),
        |grant| grant.refresh_token = Some(Secret::new("refresh-2")),
        |grant| grant.refresh_token = None,
        |grant| grant.expires_at = Some(NOW.plus(Duration::from_secs(1))),
        |grant| grant.expires_at = None,
        |grant| grant.lifetime_ms = Some(1),
        |grant| grant.scopes.push("profile:read".into()),
    ];
    for (index, change) in changes.iter().enumerate() {
        let mut other = grant();
        change(&mut other);
        assert_ne!(other.set_id(), grant().set_id(), "change {index}");
    }
    assert_eq!(Grant { account: Some("user-1".into()), ..grant() }.set_id(), grant().set_id());
}

// L9
#[test]
fn what_is_written_loads_and_is_version_2() {
    let mut record = Record { grant: Some(grant()), ..Record::default() };
    record.add_pending(pending("s"), NOW);
    record.lease = Some(Lease { owner: "p".into(), beat: 7 });
    let bytes = record.encode().unwrap();
    assert!(bytes.starts_with(br#"{"v":2,"#));
    assert_eq!(Record::decode(&bytes).unwrap(), record);
}

// L9, S1
#[test]
fn an_unreadable_record_is_a_typed_error_that_shows_nothing_of_it() {
    let newer = Record::decode(br#"{"v":3,"grant":"canary"}"#).unwrap_err();
    assert!(matches!(newer, Error::Storage { kind: StorageErrorKind::FromNewerVersion, .. }));
    for bytes in ["", "{}", "[]", r#"{"v":1,"grant":{"id":"canary"}}"#, r#"{"v":2,"pending":"canary"}"#, "canary"] {
        let error = Record::decode(bytes.as_bytes()).unwrap_err();
        assert!(matches!(error, Error::Storage { kind: StorageErrorKind::Corrupt, .. }), "{bytes}");
        assert!(!format!("{error:?}").contains("canary"));
    }
}

// T4
#[test]
fn a_refresh_without_a_refresh_token_keeps_the_old_one_and_a_sign_in_never_does() {
    let kept = Grant { resources: vec!["urn:api".into()], ..grant() }.refreshed(tokens(None), NOW, 0);
    assert_eq!(kept.resources, ["urn:api"]);
    assert_eq!(kept.refresh_token, Some(Secret::new("refresh-1")));
    assert_eq!((kept.id.as_str(), kept.scopes.as_slice()), ("grant-1", ["api:access".to_owned()].as_slice()));
    let rotated = grant().refreshed(tokens(Some("refresh-2")), NOW, 0);
    assert_eq!(rotated.refresh_token, Some(Secret::new("refresh-2")));
    assert_eq!(Grant::new("grant-2".into(), tokens(None), &[], NOW, 0).refresh_token, None);
}

// A12
#[test]
fn at_most_five_sign_ins_are_pending_and_the_oldest_goes() {
    let mut record = Record::default();
    for state in ["1", "2", "3", "4", "5", "6"] {
        record.add_pending(pending(state), NOW);
    }
    assert_eq!(record.pending.len(), MAX_PENDING);
    assert!(record.pending(&Secret::new("1")).is_none());
    assert!(record.pending(&Secret::new("6")).is_some());
    record.move_pending(&Secret::new("4"), Stage::Spent, NOW);
    record.add_pending(pending("7"), NOW);
    let left = ["2", "3", "5", "6", "7"].map(|state| record.pending(&Secret::new(state)).is_some());
    assert_eq!(left, [true; 5], "one that is over goes before one whose page is open");
}

// L6: what was cancelled stays so, whatever its exchange brings later
#[test]
fn only_a_claimed_sign_in_can_be_settled() {
    for (stage, settled) in
        [(Stage::Waiting, false), (Stage::Claimed, true), (Stage::Spent, false), (Stage::Cancelled, false)]
    {
        for outcome in [Stage::Waiting, Stage::Spent] {
            let mut record = Record { pending: vec![PendingSignIn { stage, ..pending("s") }], ..Record::default() };
            let (phase, was_claimed) = record.settle_claim(&Secret::new("s"), outcome, NOW);
            assert_eq!((was_claimed, phase), (settled, record.phase(NOW)), "{stage:?}");
            assert_eq!(record.pending[0].stage, if settled { outcome } else { stage });
        }
    }
}

proptest! {
    // S3
    #[test]
    fn hostile_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), json in "\\{\"v\":2,[ -~]{0,80}\\}") {
        let _ = Record::decode(&bytes);
        let _ = Record::decode(json.as_bytes());
    }
}
