//! A session without a refresh token: announced before it ends, and then replaced smoothly.

use super::world::*;
use crate::net::scripted::answer;
use crate::{AiPass, Config, Error, SessionState, SessionStates, SignInReason};
use serde_json::json;
use std::time::{Duration, UNIX_EPOCH};

const NOW: Duration = Duration::ZERO;
const DAY: Duration = Duration::from_secs(24 * 3600);
const WEEK: u64 = 7 * 24 * 3600;
const ENDED: SessionState = SessionState::NeedsSignIn { reason: SignInReason::NoRefreshToken };

fn week_without_refresh_token() -> World {
    world_of(json!(WEEK))
}

fn world_of(expires_in: serde_json::Value) -> World {
    let world = World::new();
    world.server.set(|state| {
        state.gives_refresh_token = false;
        state.expires_in = expires_in;
    });
    world
}

fn minutes_since(started: tokio::time::Instant) -> u64 {
    (started.elapsed().as_secs() + 30) / 60
}

async fn following(ai: &AiPass) -> SessionStates {
    let states = ai.session_states();
    assert_eq!(states.next().await, Ok(Some(SessionState::SignedIn)));
    states
}

// L1, the seed's seven days: the event comes by itself a day before the end, and at the end
#[tokio::test(start_paused = true)]
async fn the_end_is_announced_a_day_before_and_told_when_it_comes() {
    let world = week_without_refresh_token();
    let ai = world.signed_in().await;
    let (states, started) = (following(&ai).await, tokio::time::Instant::now());
    assert_eq!(states.next().await, Ok(Some(SessionState::EndsSoon)));
    assert_eq!(minutes_since(started), 6 * 24 * 60);
    assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-1");
    assert_eq!(states.next().await, Ok(Some(ENDED)));
    assert_eq!(minutes_since(started), 7 * 24 * 60);
    assert_eq!(ai.access_token(NOW).await, Err(Error::from(SignInReason::NoRefreshToken)));
    assert_eq!(world.token_requests(), 1);
}

// the date: by the device's clock, and none where there is no end or it is unknown
#[tokio::test(start_paused = true)]
async fn the_date_of_the_end_is_told() {
    for hours in [-30, 0, 30] {
        let world = week_without_refresh_token();
        world.clock.set_by_hours(hours);
        let info = world.signed_in().await.session_info().await.unwrap().unwrap();
        let ends = info.ends_at.unwrap().duration_since(UNIX_EPOCH).unwrap().as_millis() as i64;
        let left = ends - device_ms(&world.clock);
        assert!((left - WEEK as i64 * 1_000).abs() < 10_000, "{hours}: {left}");
    }
    let world = World::new();
    assert_eq!(world.signed_in().await.session_info().await.unwrap().unwrap().ends_at, None);
    let ai = world_of(json!(null)).signed_in().await;
    assert_eq!(ai.session_info().await.unwrap().unwrap().ends_at, None);
    tokio::time::advance(400 * DAY).await;
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn)); // unknown is not soon
}

// never before half of its life has passed
#[tokio::test(start_paused = true)]
async fn a_short_session_is_announced_at_its_half() {
    for (life, before, announced_after) in
        [(3600, DAY, 1800), (2 * WEEK, DAY, 2 * WEEK - 86_400), (WEEK, 7 * DAY, WEEK / 2), (WEEK, NOW, WEEK)]
    {
        let world = world_of(json!(life));
        let config = Config { sign_in_again_before: before, ..Config::default() };
        let ai = world.client_built(builder().config(config));
        sign_in(&ai).await;
        tokio::time::advance(Duration::from_secs(announced_after - 5)).await;
        assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn), "{life}");
        tokio::time::advance(Duration::from_secs(5)).await;
        let expected = if before == NOW { ENDED } else { SessionState::EndsSoon };
        assert_eq!(ai.session_state().await, Ok(expected), "{life}");
    }
}

// L13: a phone that slept: no timer ran, and the end is told when the app is back
#[tokio::test(start_paused = true)]
async fn after_sleep_the_end_is_told_at_once() {
    for read in [false, true] {
        let world = week_without_refresh_token();
        let ai = world.signed_in().await;
        let states = following(&ai).await;
        world.clock.set_by_hours(6 * 24 + 1); // the wall clock went on, the monotonic one did not
        let started = tokio::time::Instant::now();
        if read {
            assert_eq!(ai.session_state().await, Ok(SessionState::EndsSoon));
        } else {
            ai.resumed();
        }
        assert_eq!(states.next().await, Ok(Some(SessionState::EndsSoon)));
        assert!(started.elapsed() < Duration::from_secs(1));
    }
}

// L13: nobody says that the app is back: the timer looks at the clock
#[tokio::test(start_paused = true)]
async fn a_waiting_stream_looks_at_the_clock_from_time_to_time() {
    let world = week_without_refresh_token();
    let ai = world.signed_in().await;
    let states = following(&ai).await;
    let waiting = tokio::spawn(async move { states.next().await });
    settle().await;
    world.clock.set_by_hours(6 * 24 + 1);
    let started = tokio::time::Instant::now();
    assert_eq!(waiting.await.unwrap(), Ok(Some(SessionState::EndsSoon)));
    assert!(started.elapsed() <= Duration::from_secs(15 * 60));
}

// L11: a clock that was set wrong costs no session: the server's clock corrects it, and the state with it
#[tokio::test(start_paused = true)]
async fn a_clock_set_forward_and_corrected_brings_the_session_back() {
    let world = week_without_refresh_token();
    let ai = world.signed_in().await;
    world.clock.set_by_hours(8 * 24);
    assert_eq!(ai.session_state().await, Ok(ENDED));
    world.clock.set_by_hours(0);
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
    world.clock.set_by_hours(-8 * 24);
    tokio::time::advance(6 * DAY + HOUR).await;
    assert_eq!(ai.session_state().await, Ok(SessionState::EndsSoon));
}

// a new sign-in while the old session still works, which replaces it
#[tokio::test(start_paused = true)]
async fn a_new_sign_in_replaces_the_session_smoothly() {
    let world = week_without_refresh_token();
    let ai = world.signed_in().await;
    let states = following(&ai).await;
    tokio::time::advance(6 * DAY + HOUR).await;
    assert_eq!(states.next().await, Ok(Some(SessionState::EndsSoon)));
    let callback = begin(&ai).await;
    assert_eq!(ai.session_state().await, Ok(SessionState::EndsSoon)); // it still works
    assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-1");
    ai.complete_sign_in(callback).await.unwrap();
    assert_eq!(states.next().await, Ok(Some(SessionState::SignedIn)));
    assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-2");
    // the new session is announced in its turn
    assert_eq!(states.next().await, Ok(Some(SessionState::EndsSoon)));
}

// a sign-in that is begun after the end is one that is under way
#[tokio::test(start_paused = true)]
async fn a_sign_in_begun_after_the_end_is_shown() {
    let world = week_without_refresh_token();
    let ai = world.signed_in().await;
    tokio::time::advance(8 * DAY).await;
    assert_eq!(ai.session_state().await, Ok(ENDED));
    let callback = begin(&ai).await;
    assert_eq!(ai.session_state().await, Ok(SessionState::SigningIn));
    ai.cancel_sign_in().await.unwrap();
    assert_eq!(ai.session_state().await, Ok(ENDED));
    assert!(ai.complete_sign_in(callback).await.is_err());
    sign_in(&ai).await;
}

// a stream that waits learns of a new session that ends, also where its state stays the same
#[tokio::test(start_paused = true)]
async fn a_waiting_stream_learns_of_a_new_end() {
    let world = World::new();
    let ai = world.signed_in().await; // with a refresh token: no end in sight
    let states = following(&ai).await;
    let waiting = tokio::spawn(async move { states.next().await });
    settle().await;
    world.server.set(|state| {
        state.gives_refresh_token = false;
        state.expires_in = json!(WEEK);
    });
    sign_in(&ai).await;
    assert_eq!(waiting.await.unwrap(), Ok(Some(SessionState::EndsSoon)));
}

// L15: the token is used to its end, whatever life a caller asks for
#[tokio::test(start_paused = true)]
async fn a_session_without_refresh_token_never_ends_before_its_token() {
    let world = week_without_refresh_token();
    let ai = world.signed_in().await;
    tokio::time::advance(7 * DAY - Duration::from_secs(5)).await;
    for min_ttl in [NOW, HOUR, 100 * DAY] {
        assert_eq!(ai.access_token(min_ttl).await.unwrap().expose(), "access-1");
    }
    ai.refresh_balance().await.unwrap();
    settle().await;
    assert_eq!(world.another_process().session_state().await, Ok(SessionState::EndsSoon));
}

// T6, the seed's list: revoked is told apart from expired, and a 401 that names nothing ends no session
#[tokio::test(start_paused = true)]
async fn a_revoked_token_is_told_apart_from_an_expired_one() {
    let reason = SignInReason::AccessRefused;
    let world = week_without_refresh_token();
    let ai = world.signed_in().await;
    world.server.set(|state| state.api_answers.push_back(answer(401, "<html>proxy</html>")));
    assert_eq!(ai.refresh_balance().await.unwrap_err(), Error::from(reason));
    assert_eq!(world.transport.count(BALANCE), 1);
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
    ai.refresh_balance().await.unwrap();

    world.server.expire_access_tokens(); // the user revoked it
    assert_eq!(ai.refresh_balance().await.unwrap_err(), Error::from(reason));
    assert_eq!(ai.session_state().await, Ok(SessionState::NeedsSignIn { reason }));
    assert_eq!(world.token_requests(), 1);
}

// L12: another process has signed in meanwhile: its token is taken
#[tokio::test(start_paused = true)]
async fn a_refused_token_that_another_process_replaced_is_no_end() {
    let world = week_without_refresh_token();
    let (ai, other) = (world.signed_in().await, world.another_process());
    assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-1");
    sign_in(&other).await;
    world.server.set(|state| assert!(state.live.remove("access-1")));
    ai.refresh_balance().await.unwrap_err(); // of the sign-in that was replaced: not repeated for the new one (L10)
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
    ai.refresh_balance().await.unwrap();
}

// the end is told by the server's clock
#[tokio::test(start_paused = true)]
async fn the_servers_date_moves_the_end() {
    let world = week_without_refresh_token();
    world.server.set(|state| state.sends_date = false);
    let ai = world.signed_in().await;
    let later = world.clock.true_time().plus(6 * DAY + HOUR).to_system_time();
    let date = httpdate::fmt_http_date(later).parse().unwrap();
    ai.inner.session.observe_server_time(&http::HeaderMap::from_iter([(http::header::DATE, date)]));
    assert_eq!(ai.session_state().await, Ok(SessionState::EndsSoon));
}
