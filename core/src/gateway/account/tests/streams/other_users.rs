//! No user sees what is another one's.

use super::*;
use crate::SignInOptions;
use crate::client::tests::world::{begin, sign_in};
use crate::gateway::files_tests::answering;

// B3, L10
#[tokio::test(start_paused = true)]
async fn another_users_balance_is_never_shown() {
    let (world, ai) = answering([summary(100)]).await;
    let balances = ai.balances(None);
    assert_eq!(left(&within(SECOND, &balances).await.unwrap()), figure("9", false));
    ai.sign_out().await.unwrap();
    assert_eq!(left(&next(&balances).await), (None, false));
    ai.resumed();
    assert_eq!((within(HOUR, &balances).await, world.transport.count(BALANCE)), (None, 1), "no user, no question");
    sign_in(&ai).await;
    world.server.set(|state| state.api_answers.push_back(summary(700)));
    assert_eq!(left(&next(&balances).await), figure("3", false));
    // In the place of a user who is signed in: no state of the session tells of it.
    let callback = begin(&ai).await;
    world.server.set(|state| state.api_answers.push_back(summary(800)));
    ai.complete_sign_in(callback).await.unwrap();
    assert_eq!(left(&next(&balances).await), (None, false));
    assert_eq!(left(&next(&balances).await), figure("2", false));
}

// B3: at every moment of a fetch
#[tokio::test(start_paused = true)]
async fn a_fetch_that_a_sign_out_overtakes_shows_nothing() {
    for (at, signs_in) in (1..=12).flat_map(|at| [(at, false), (at, true)]) {
        let world = World::new();
        // Between two of the moments.
        let (ai, _transport) = slow(&world, 10 * SECOND + SECOND / 2);
        sign_in(&ai).await;
        world.server.set(|state| state.api_answers.extend([summary(100), summary(700)]));
        let balances = Arc::new(ai.balances(Some(Decimal::from(100))));
        let seen = tokio::spawn({
            let balances = Arc::clone(&balances);
            async move {
                let mut seen = Vec::new();
                while let Ok(Some(update)) = balances.next().await {
                    seen.push(left(&update).0);
                }
                seen
            }
        });
        tokio::time::sleep(at * SECOND).await;
        ai.sign_out().await.unwrap();
        if signs_in {
            sign_in(&ai).await;
        }
        tokio::time::sleep(HOUR).await;
        balances.cancel();
        let mut seen = seen.await.unwrap();
        if at > 10 {
            assert_eq!(seen.remove(1).as_deref(), Some("9"), "{at}");
        }
        assert!(!seen.contains(&Some("9".to_owned())), "{at} {seen:?}");
        let last = if signs_in { Some("3".to_owned()) } else { None };
        assert_eq!(seen.last(), Some(&last), "{at} {seen:?}");
    }
}

// B3: a paid call of the user before ends after the other one has come
#[tokio::test(start_paused = true)]
async fn the_cost_of_another_users_call_is_not_taken_off() {
    let (world, ai) = answering([summary(100)]).await;
    let balances = ai.balances(None);
    within(SECOND, &balances).await;
    let (spending, grant) = (ai.spend().await.unwrap(), ai.account().await.unwrap().0);
    ai.sign_out().await.unwrap();
    sign_in(&ai).await;
    assert_eq!(left(&within(SECOND, &balances).await.unwrap()), figure("9", false));
    drop(spending);
    ai.note_cost(grant, Decimal::from(2));
    assert_eq!((within(HOUR, &balances).await, world.transport.count(BALANCE)), (None, 2));
}

// B3: a sign-in that was begun and not completed changes nothing
#[tokio::test(start_paused = true)]
async fn a_sign_in_that_is_only_begun_keeps_the_balance() {
    let (_world, ai) = answering([summary(100)]).await;
    let balances = ai.balances(None);
    within(SECOND, &balances).await;
    ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    ai.cancel_sign_in().await.unwrap();
    assert_eq!(within(HOUR, &balances).await, None);
}
