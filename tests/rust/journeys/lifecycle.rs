use crate::host_app::{Scratch, client, sign_in};
use aipass::{
    AiPass, ChatEvent, ChatRequest, Error, LoopbackListener, Provider, Revocation, SessionState, SignInOptions,
    SignInReason,
};
use aipass_sandbox::{Client, Sandbox, user_agent};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const TOKEN: &str = "/oauth2/token";
const CHAT: &str = "/oauth2/v1/chat/completions";

#[tokio::test]
async fn a_person_signs_in_chats_and_signs_out() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let scratch = Scratch::new();
    let ai = client(&sandbox, scratch.store());
    sign_in(&ai).await;
    assert!(!ai.user_info().await.unwrap().subject.is_empty());
    assert!(!ai.models().await.unwrap().is_empty());
    let before = ai.balance().await.unwrap();

    let whole = ai.chat(ChatRequest::user("Hello")).await.unwrap();
    let stream = ai.chat_stream(ChatRequest::user("Hello")).await.unwrap();
    let mut streamed = String::new();
    let mut usage = None;
    while let Some(event) = stream.next().await.unwrap() {
        match event {
            ChatEvent::Text { text, .. } => streamed.push_str(&text),
            ChatEvent::Usage { usage: reported } => usage = Some(reported),
            _ => {}
        }
    }
    assert_eq!(streamed, whole.text);
    assert_eq!(usage, whole.usage);
    assert!(ai.refresh_balance().await.unwrap().total_cost > before.total_cost);

    let report = ai.sign_out().await.unwrap();
    assert_eq!((report.refresh_token, report.access_token), (Revocation::Accepted, Revocation::Accepted));
    assert_eq!((sandbox.tokens().live_access, sandbox.tokens().live_refresh), (0, 0));
    assert_eq!(ai.session_state().await.unwrap(), SessionState::SignedOut);
}

// A9
#[tokio::test]
async fn a_person_who_denies_is_not_signed_in() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let scratch = Scratch::new();
    let ai = client(&sandbox, scratch.store());
    let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    let callback = user_agent::deny(&request.url).await.unwrap();
    let detail = Some("The user did not allow it.".to_owned());
    let denied = Error::SignInRequired { reason: SignInReason::Denied, detail };
    assert_eq!(ai.complete_sign_in(callback.to_string()).await, Err(denied));
}

// L2, L4: over real sockets
#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_calls_on_an_expired_token_make_one_refresh() {
    let sandbox = Sandbox::builder().refresh_takes(Duration::from_millis(50)).start().await.unwrap();
    let scratch = Scratch::new();
    let ai = client(&sandbox, scratch.store());
    sign_in(&ai).await;
    sandbox.expire_access_tokens();
    let before = sandbox.requests(TOKEN);
    let calls: Vec<_> = (0..1000)
        .map(|_| {
            let ai = ai.clone();
            tokio::spawn(async move { ai.refresh_balance().await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(sandbox.requests(TOKEN) - before, 1);
}

// L4, T6: the user took back the permission
#[tokio::test]
async fn a_revoked_grant_needs_a_sign_in_and_a_new_one_works() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let scratch = Scratch::new();
    let ai = client(&sandbox, scratch.store());
    sign_in(&ai).await;
    sandbox.revoke_grants();
    let reason = SignInReason::GrantEnded;
    assert_eq!(ai.refresh_balance().await, Err(Error::from(reason)));
    assert_eq!(ai.session_state().await.unwrap(), SessionState::NeedsSignIn { reason });
    sign_in(&ai).await;
    ai.refresh_balance().await.unwrap();
}

// wire: budget; P1
#[tokio::test]
async fn an_empty_budget_is_its_own_error_with_figures_and_one_post() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let scratch = Scratch::new();
    let ai = client(&sandbox, scratch.store());
    sign_in(&ai).await;
    ai.chat(ChatRequest::user("Hello")).await.unwrap();
    sandbox.set_budget(sandbox.spent());
    for stream in [false, true] {
        let before = sandbox.requests(CHAT);
        let request = ChatRequest::user("Hello");
        let error = if stream { ai.chat_stream(request).await.map(drop) } else { ai.chat(request).await.map(drop) };
        let Err(Error::BudgetExceeded { spent, limit, .. }) = error else { panic!("{error:?}") };
        assert_eq!((spent, limit), (Some(sandbox.spent()), Some(sandbox.spent())));
        assert_eq!(sandbox.requests(CHAT) - before, 1);
    }
}

// P3, P5
#[tokio::test]
async fn a_dropped_stream_closes_its_connection() {
    let sandbox = Sandbox::builder().chunk_delay(Duration::from_millis(20)).start().await.unwrap();
    let scratch = Scratch::new();
    let ai = client(&sandbox, scratch.store());
    sign_in(&ai).await;
    let stream = ai.chat_stream(ChatRequest::user("Hello")).await.unwrap();
    stream.next().await.unwrap().unwrap();
    assert_eq!(sandbox.streams_open(), 1);
    drop(stream);
    for _ in 0..200 {
        if sandbox.streams_open() == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the sandbox still sends after two seconds");
}

// A6: as a program on a desktop does it
#[tokio::test]
async fn a_program_on_a_desktop_signs_in_through_a_loopback_redirect() {
    let listener = LoopbackListener::bind("/callback".to_owned(), None).await.unwrap();
    let redirect_uri = listener.redirect_uri();
    let desktop = Client::public("desktop", "Desktop", redirect_uri.as_str());
    let sandbox = Sandbox::builder().client(desktop).start().await.unwrap();
    let provider = Provider::ai_pass_at(sandbox.base_url().as_str()).unwrap();
    let ai = AiPass::builder("desktop", redirect_uri.as_str()).provider(provider).build().unwrap();
    let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    let redirected = user_agent::consent(&request.url).await.unwrap();
    let browser = tokio::spawn(async move {
        let mut stream = TcpStream::connect(redirected.socket_addrs(|| None).unwrap()[0]).await.unwrap();
        let target = &redirected[url::Position::BeforePath..];
        let authority = &redirected[url::Position::BeforeHost..url::Position::AfterPort];
        stream.write_all(format!("GET {target} HTTP/1.1\r\nHost: {authority}\r\n\r\n").as_bytes()).await.unwrap();
        let mut page = String::new();
        stream.read_to_string(&mut page).await.unwrap();
        page
    });
    let callback = listener.receive(Duration::from_secs(120)).await.unwrap();
    ai.complete_sign_in(callback).await.unwrap();
    assert!(browser.await.unwrap().contains("Back to the app"));
    assert_eq!(ai.session_state().await.unwrap(), SessionState::SignedIn);
}
