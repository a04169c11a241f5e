use super::*;
use crate::error::Error;
use crate::net::address::FromResponse;

#[test]
fn ai_pass_is_built_in() {
    let provider = Provider::ai_pass();
    assert_eq!(provider.issuer, "https://aipass.one");
    assert_eq!(provider.authorization_endpoint.as_str(), "https://aipass.one/oauth2/authorize");
    assert_eq!(provider.model_api.as_ref().unwrap().as_str(), "https://aipass.one/oauth2/v1");
    assert_eq!(provider.check(&[]), Ok(()));
}

#[test]
fn phaseo_is_built_in_under_both_of_its_names() {
    let provider = Provider::phaseo();
    assert_eq!(provider, Provider::ai_stats());
    assert_eq!(provider.issuer, "https://api.phaseo.app/oauth");
    let text = |url: &Option<Url>| url.as_ref().map(Url::to_string);
    assert_eq!(provider.authorization_endpoint.as_str(), "https://api.phaseo.app/oauth/authorize");
    assert_eq!(provider.token_endpoint.as_str(), "https://api.phaseo.app/oauth/token");
    assert_eq!(text(&provider.revocation_endpoint).unwrap(), "https://api.phaseo.app/oauth/revoke");
    assert_eq!(text(&provider.userinfo_endpoint).unwrap(), "https://api.phaseo.app/oauth/userinfo");
    assert_eq!(text(&provider.jwks_uri).unwrap(), "https://api.phaseo.app/oauth/.well-known/jwks.json");
    assert_eq!(text(&provider.model_api).unwrap(), "https://api.phaseo.app/v1");
    assert_eq!(provider.default_scopes, ["openid", "email", "profile", "gateway:access"]);
    assert_eq!(
        (provider.token_encoding, provider.revocation_encoding),
        (TokenEncoding::Form, RevocationEncoding::Form)
    );
    assert!(provider.authorization_response_iss);
    // What its operator closes to apps, and what only AI Pass has.
    let closed = [&provider.device_authorization_endpoint, &provider.registration_endpoint, &provider.account_api];
    assert_eq!((closed, provider.client_id_header.as_deref()), ([&None; 3], None));
    assert_eq!(provider.check(&[]), Ok(()));
    assert!(provider.may_receive_token(&Url::parse("https://api.phaseo.app/v1/chat/completions").unwrap()));
    let vision = provider.model_preferences.iter().find(|list| list.capability == Capability::Vision).unwrap();
    assert_eq!(vision.models[0], "gemini-2.5-flash-lite");
}

#[test]
fn what_is_not_offered_is_unsupported_by_name() {
    let unsupported = Error::Unsupported { what: "userinfo".to_owned() };
    assert_eq!(offered(None, "userinfo"), Err(unsupported));
    let url = Url::parse("https://id.example/userinfo").unwrap();
    assert_eq!(offered(Some(&url), "userinfo"), Ok(&url));
}

// A10, S7
#[test]
fn plain_http_is_for_loopback_and_named_development_hosts() {
    for base in ["http://127.0.0.1:4000", "http://[::1]:4000", "http://localhost:4000/"] {
        assert_eq!(Provider::ai_pass_at(base).unwrap().check(&[]), Ok(()), "{base}");
    }
    let emulator = Provider::ai_pass_at("http://10.0.2.2:4000").unwrap();
    assert!(matches!(emulator.check(&[]), Err(Error::InvalidInput { input, .. }) if input == "authorization_endpoint"));
    assert_eq!(emulator.check(&["10.0.2.2".to_owned()]), Ok(()));
    let lookalike = Provider::ai_pass_at("http://localhost.evil.example").unwrap();
    assert!(lookalike.check(&[]).is_err());
}

// A11
#[test]
fn a_token_goes_only_to_the_providers_origins() {
    let provider = Provider::ai_pass();
    let may = |url: &str| provider.may_receive_token(&Url::parse(url).unwrap());
    assert!(may("https://aipass.one/oauth2/v1/models"));
    assert!(!may("http://aipass.one/oauth2/v1/models"));
    assert!(!may("https://aipass.one:8443/oauth2/v1/models"));
    assert!(!may("https://aipass.one.evil.example/"));
}

#[test]
fn an_endpoint_that_is_no_web_address_is_named() {
    let error = Provider::custom("https://id.example", "myapp://authorize", "https://id.example/token").unwrap_err();
    assert!(matches!(error, Error::InvalidInput { input, .. } if input == "authorization_endpoint"));
    assert!(Provider::custom("id.example", "https://id.example/a", "https://id.example/t").is_err());
    assert!(Provider::ai_pass_at("https://user:password@aipass.one").is_err());
}

// G12
#[test]
fn settings_that_cannot_work_are_refused_by_name() {
    for base in [
        "https://aipass.one?x=1",
        "https://aipass.one/?",
        "https://aipass.one#top",
        "https://user@aipass.one",
        "https://aipass.one /x",
        "https:\\\\aipass.one",
        "https://aipass.one\n",
        "https://aipass.one:0",
        "ftp://aipass.one",
        "aipass.one",
        "",
    ] {
        let named = Provider::ai_pass_at(base)
            .map_err(|error| matches!(error, Error::InvalidInput { input, .. } if input == "base_url"));
        assert_eq!(named, Err(true), "{base:?}");
    }
    let url = |text: &str| Url::parse(text).unwrap();
    let refused = |change: &dyn Fn(&mut Provider)| {
        let mut provider = Provider::ai_pass();
        change(&mut provider);
        match provider.check(&[]) {
            Err(Error::InvalidInput { input, .. }) => input,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(refused(&|it| it.resource_origins.push(url("http://cdn.example"))), "resource_origins");
    assert_eq!(refused(&|it| it.resource_origins.push(url("https://a:b@cdn.example"))), "resource_origins");
    assert_eq!(refused(&|it| it.model_api = Some(url("https://aipass.one/v1?key=1"))), "model_api");
    assert_eq!(refused(&|it| it.account_api = Some(url("https://aipass.one/api/v1#x"))), "account_api");
    assert_eq!(refused(&|it| it.token_endpoint = url("https://user:pass@aipass.one/token")), "token_endpoint");
    assert_eq!(refused(&|it| it.revocation_endpoint = Some(url("https://aipass.one/revoke#x"))), "revocation_endpoint");
    assert_eq!(refused(&|it| it.userinfo_endpoint = Some(url("data:text/plain,x"))), "userinfo_endpoint");
    assert_eq!(refused(&|it| it.issuer = "https://aipass.one?tenant=1".into()), "issuer");
    for header in ["Authorization", "host", "not a name", "", "content-length"] {
        assert_eq!(refused(&|it| it.client_id_header = Some(header.into())), "client_id_header", "{header}");
    }
    // RFC 6749 3.1 and 3.2 allow these endpoints a query.
    let mut provider = Provider::ai_pass();
    provider.token_endpoint = url("https://aipass.one/token?tenant=1");
    provider.resource_origins.push(url("http://127.0.0.1:4000"));
    assert_eq!(provider.check(&[]), Ok(()));
}

// S9
#[test]
fn the_token_goes_to_contents_below_the_model_api_and_its_alias_only() {
    let provider = Provider::ai_pass();
    let is_own = |url: &str| provider.is_own_content(&Url::parse(url).unwrap());
    for content in ["/oauth2/v1/videos/v1/content", "/v1/videos/v1/content?a=b", "/v1/files/f-1"] {
        assert!(is_own(&format!("https://aipass.one{content}")), "{content}");
    }
    for elsewhere in [
        "https://aipass.one/api/v1/usage/me/summary",
        "https://aipass.one/oauth2/token",
        "https://aipass.one/oauth2/v1",
        "https://aipass.one/oauth2/v1/",
        "https://aipass.one/oauth2/v12/x",
        "https://aipass.one/oauth2/v1/../../api/v1/x",
        "https://aipass.one/oauth2/v1/%2e%2e/%2e%2e/api/v1/x",
        "https://aipass.one/oauth2/v1/..%2f..%2fapi/v1/x",
        "https://aipass.one/oauth2/v1/..%5C..%5Capi/v1/x",
        "https://aipass.one/v1//api/v1/x",
        "https://aipass.one/v1/..;/api/v1/x",
        "https://user@aipass.one/v1/files/x",
        "https://aipass.one:8443/v1/files/x",
        "http://aipass.one/v1/files/x",
        "https://cdn.example/v1/files/x",
        "https://aipass.one/files/x",
    ] {
        assert!(!is_own(elsewhere), "{elsewhere}");
    }
    let canonical = Provider { model_api: Some(Url::parse("https://aipass.one/v1").unwrap()), ..provider };
    assert!(canonical.is_own_content(&Url::parse("https://aipass.one/oauth2/v1/videos/v/content").unwrap()));
}

// S9, S7
#[test]
fn a_url_out_of_a_response_leads_to_the_internet_or_to_a_named_origin() {
    let checked = |provider: &Provider, url: &str| provider.check_result_url(&Url::parse(url).unwrap(), &[]).ok();
    let mut provider = Provider::ai_pass();
    for refused in [
        "http://127.0.0.1:631/x",
        "https://127.0.0.1/x",
        "https://[::ffff:10.0.0.1]/x",
        "https://0x7f.1/x",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/x",
        "https://nas/x",
        "http://cdn.example/x",
        "file:///etc/passwd",
    ] {
        assert_eq!(checked(&provider, refused), None, "{refused}");
    }
    assert_eq!(checked(&provider, "https://cdn.example/x"), Some(FromResponse::PublicOnly));
    assert_eq!(checked(&provider, "https://aipass.one/files/x"), Some(FromResponse::AnyAddress));
    provider.resource_origins.push(Url::parse("https://10.1.2.3:8443").unwrap());
    assert_eq!(checked(&provider, "https://10.1.2.3:8443/x"), Some(FromResponse::AnyAddress));
    assert_eq!(checked(&provider, "https://10.1.2.3/x"), None);
    let sandbox = Provider::ai_pass_at("http://127.0.0.1:4000").unwrap();
    assert_eq!(checked(&sandbox, "http://127.0.0.1:4001/x"), Some(FromResponse::AnyAddress));
    assert_eq!(checked(&sandbox, "http://cdn.example/x"), None);
}
