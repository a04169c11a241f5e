use super::*;
use proptest::prelude::*;

fn money(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn date(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn payer(subject: Option<&str>, grant: &str) -> Payer {
    Payer {
        issuer: "https://a.example".into(),
        client: ["client".into(), "default".into()],
        subject: subject.map(str::to_owned),
        grant: Some(grant.to_owned()),
    }
}

fn ledger() -> Ledger {
    Ledger::new(0)
}

fn spend(ledger: &mut Ledger, payer: &Payer, day: u32, cost: &str) {
    ledger.sums(payer, date(day)).settle(None, Outcome::Told(money(cost)));
}

/// What is known of a payer's day and session.
fn known(ledger: &mut Ledger, payer: &Payer, day: u32) -> (Decimal, Decimal) {
    let sums = ledger.sums(payer, date(day));
    (sums.day().known, sums.session().known)
}

/// The same of what is reserved.
fn reserved(ledger: &mut Ledger, payer: &Payer, day: u32) -> (Decimal, Decimal) {
    let sums = ledger.sums(payer, date(day));
    (sums.day().reserved, sums.session().reserved)
}

// P12, P22
#[test]
fn an_unknown_cost_is_counted_as_a_call_and_not_as_zero() {
    let (mut ledger, payer) = (ledger(), payer(None, "g1"));
    spend(&mut ledger, &payer, 1, "0.10");
    for outcome in [Outcome::Unknown, Outcome::Free, Outcome::Computed(money("0.02"))] {
        ledger.sums(&payer, date(1)).settle(None, outcome);
    }
    let sums = ledger.sums(&payer, date(1));
    let day = sums.day();
    assert_eq!((day.known, day.computed, day.calls, day.unknown), (money("0.10"), money("0.02"), 3, 2));
    assert!(day.passes(money("0.12"), Some(money("0.01"))) && !day.passes(money("0.12"), Some(Decimal::ZERO)));
}

// P22
#[test]
fn the_day_moves_forward_only() {
    let (mut ledger, payer) = (ledger(), payer(None, "g1"));
    spend(&mut ledger, &payer, 2, "1");
    spend(&mut ledger, &payer, 1, "1");
    assert_eq!((known(&mut ledger, &payer, 1).0, ledger.sums(&payer, date(1)).date()), (money("2"), date(2)));
    spend(&mut ledger, &payer, 3, "1");
    assert_eq!(known(&mut ledger, &payer, 3), (money("1"), money("3")));
    // A clock that was set far ahead is repaired by the app.
    ledger.sums(&payer, date(20)).reset_day(date(4));
    assert_eq!(ledger.sums(&payer, date(4)).date(), date(4));
}

#[test]
fn accounts_and_sessions_have_sums_of_their_own() {
    let mut ledger = ledger();
    for (subject, grant, cost) in [("a", "g1", "1"), ("a", "g2", "2"), ("b", "g3", "4"), ("a", "g1", "8")] {
        spend(&mut ledger, &payer(Some(subject), grant), 1, cost);
    }
    let mut sums = |subject, grant| known(&mut ledger, &payer(Some(subject), grant), 1);
    assert_eq!(sums("a", "g1"), (money("11"), money("9")));
    assert_eq!(sums("a", "g2"), (money("11"), money("2")));
    assert_eq!(sums("b", "g3"), (money("4"), money("4")));
}

// P22: signing out and in again does not begin the day anew, whether the user is named or not
#[test]
fn a_user_who_is_named_later_keeps_what_was_counted_before() {
    let mut one = ledger();
    spend(&mut one, &payer(None, "g1"), 1, "1");
    spend(&mut one, &payer(Some("a"), "g1"), 1, "2");
    assert_eq!(known(&mut one, &payer(Some("a"), "g1"), 1), (money("3"), money("3")));
    spend(&mut one, &payer(None, "g2"), 1, "4");
    assert_eq!(known(&mut one, &payer(Some("a"), "g2"), 1), (money("7"), money("4")));
    let mut other = ledger();
    spend(&mut other, &payer(None, "g1"), 1, "1");
    spend(&mut other, &payer(None, "g2"), 1, "2");
    assert_eq!(known(&mut other, &payer(None, "g2"), 1).0, money("3"));
    // Named from its first call on: what the client spent before its user was known is not lost.
    assert_eq!(known(&mut other, &payer(Some("a"), "g3"), 1), (money("3"), Decimal::ZERO));
}

// P21, P22: a session's sum goes with the session, and its part of the day with it
#[test]
fn another_user_on_the_same_client_takes_the_session_along() {
    let mut ledger = ledger();
    spend(&mut ledger, &payer(Some("a"), "g1"), 1, "1");
    spend(&mut ledger, &payer(None, "g2"), 1, "2"); // until its user is named, it counts for the last one
    assert_eq!(known(&mut ledger, &payer(None, "g2"), 1), (money("3"), money("2")));
    spend(&mut ledger, &payer(Some("b"), "g2"), 1, "4");
    assert_eq!(known(&mut ledger, &payer(Some("b"), "g2"), 1), (money("6"), money("6")));
    assert_eq!(known(&mut ledger, &payer(Some("a"), "g1"), 1), (money("1"), money("1")));
    // A process that has not heard of the name yet counts for the same session.
    spend(&mut ledger, &payer(None, "g2"), 1, "8");
    assert_eq!(known(&mut ledger, &payer(Some("b"), "g2"), 1), (money("14"), money("14")));
    // What was spent on an earlier day is no part of another user's day.
    spend(&mut ledger, &payer(None, "g3"), 1, "16");
    assert_eq!(known(&mut ledger, &payer(Some("c"), "g3"), 2), (Decimal::ZERO, money("16")));
    assert_eq!(known(&mut ledger, &payer(Some("b"), "g2"), 2), (Decimal::ZERO, money("14")));
}

// P21: whatever is learnt or reset while a call is under way, its reservation comes back from where it stands
#[test]
fn a_reservation_is_found_where_its_session_has_moved() {
    for (name, before, named) in
        [("first name", None, "a"), ("same name", Some("a"), "a"), ("other name", Some("a"), "b")]
    {
        let mut ledger = ledger();
        if let Some(before) = before {
            spend(&mut ledger, &payer(Some(before), "g0"), 1, "1");
        }
        let unnamed = payer(None, "g1");
        let first = ledger.sums(&unnamed, date(1)).reserve(money("3"));
        let second = ledger.sums(&unnamed, date(1)).reserve(money("4"));
        let third = ledger.sums(&payer(Some(named), "g1"), date(1)).reserve(money("5"));
        assert_eq!(reserved(&mut ledger, &payer(Some(named), "g1"), 1), (money("12"), money("12")), "{name}");
        ledger.sums(&unnamed, date(1)).settle(Some(&first), Outcome::Told(money("1")));
        ledger.sums(&unnamed, date(1)).settle(Some(&second), Outcome::Free);
        assert_eq!(reserved(&mut ledger, &payer(Some(named), "g1"), 1), (money("5"), money("5")), "{name}");
        ledger.sums(&payer(Some(named), "g1"), date(1)).settle(Some(&third), Outcome::Free);
        for user in ["a", "b"] {
            let sums = reserved(&mut ledger, &payer(Some(user), &format!("later-{user}")), 1);
            assert_eq!(sums.0, Decimal::ZERO, "{name} {user}");
        }
    }
}

// P21
#[test]
fn a_reservation_counts_until_it_is_settled_and_never_against_a_later_sum() {
    let (mut ledger, payer) = (ledger(), payer(None, "g1"));
    let first = ledger.sums(&payer, date(1)).reserve(money("3"));
    let second = ledger.sums(&payer, date(1)).reserve(money("4"));
    let mut sums = ledger.sums(&payer, date(1));
    assert!(sums.day().passes(money("10"), Some(money("3.01"))) && !sums.day().passes(money("10"), Some(money("3"))));
    sums.settle(Some(&first), Outcome::Told(money("1")));
    assert_eq!((sums.day().known, sums.day().reserved), (money("1"), money("4")));
    sums.settle(Some(&first), Outcome::Unknown);
    assert_eq!(sums.day().reserved, money("4"), "the outcome is unknown: it stands");
    // The next day begins without it, and its end takes nothing away from there.
    let third = ledger.sums(&payer, date(2)).reserve(money("5"));
    ledger.sums(&payer, date(2)).settle(Some(&second), Outcome::Free);
    assert_eq!(reserved(&mut ledger, &payer, 2), (money("5"), money("5")));
    let mut sums = ledger.sums(&payer, date(2));
    sums.settle(Some(&third), Outcome::Free);
    assert_eq!(*sums.day(), Sum { number: sums.day().number, ..Sum::default() });
    // Nor is anything of a later sum taken where the entry was lost meanwhile.
    let lost = ledger.sums(&payer, date(2)).reserve(money("7"));
    let mut fresh = Ledger::new(1000);
    let other = fresh.sums(&payer, date(2)).reserve(money("2"));
    fresh.sums(&payer, date(2)).settle(Some(&lost), Outcome::Told(money("1")));
    assert_eq!(reserved(&mut fresh, &payer, 2), (money("2"), money("2")));
    fresh.sums(&payer, date(2)).reset_session();
    fresh.sums(&payer, date(2)).settle(Some(&other), Outcome::Free);
    assert_eq!(reserved(&mut fresh, &payer, 2), (Decimal::ZERO, Decimal::ZERO));
}

// L9: what was stored still loads
#[test]
fn stored_sums_are_read_and_a_newer_form_is_left_alone() {
    let stored = include_bytes!("../../fixtures/spending/1.json");
    let mut ledger = Ledger::decode(Some(stored), 0).unwrap();
    let payer = payer(Some("user-1"), "grant-1");
    let sums = ledger.sums(&payer, date(30));
    assert_eq!((sums.day().known, sums.day().reserved, sums.day().calls), (money("0.10"), money("0.02"), 3));
    assert_eq!(sums.session().unknown, 1);
    // A reservation of an earlier process, in sums whose numbers were not the entry's own, stays where it is.
    let one = ledger.sums(&payer, date(30)).reserve(money("1"));
    ledger.sums(&payer, date(30)).settle(Some(&one), Outcome::Free);
    assert_eq!(reserved(&mut ledger, &payer, 30), (money("0.02"), money("0.02")));
    let written = ledger.encode().unwrap();
    let again = Ledger::decode(Some(&written), 0).unwrap();
    assert_eq!(again.encode().unwrap(), written);
    for newer in ["{\"v\":2}", r#"{"v":7,"accounts":[],"last_users":1}"#] {
        assert_eq!(Ledger::decode(Some(newer.as_bytes()), 0).unwrap_err().code(), "storage_from_newer_version");
    }
}

// L9, P12: nothing of an entry that is torn or foreign becomes zero
#[test]
fn torn_or_foreign_sums_are_a_typed_error() {
    let whole = include_str!("../../fixtures/spending/1.json");
    let corrupt =
        |text: &str| Ledger::decode(Some(text.as_bytes()), 0).is_err_and(|error| error.code() == "storage_corrupt");
    for end in 0..whole.trim_end().len() {
        assert!(corrupt(&whole[..end]), "{end}");
    }
    assert!(corrupt("{}") && corrupt("[]") && corrupt("{\"v\":1}") && corrupt("{\"v\":0}"));
    for (right, wrong) in [
        (r#""v": 1"#, r#""v": 0"#),
        (r#""v": 1"#, r#""v": "1""#),
        ("2026-11-30", "yesterday"),
        ("2026-11-30", ""),
        (r#""known": "0.10""#, r#""known": "-0.10""#),
        (r#""known": "0.10""#, r#""known": "much""#),
        (r#""known": "0.10""#, r#""known": 0.1"#),
        (r#""known": "0.10","#, ""),
        (r#""reserved": "0.02","#, ""),
        (r#""calls": 3,"#, r#""calls": -3,"#),
        (r#""day""#, r#""dag""#),
        (r#""sessions""#, r#""session""#),
        (r#""accounts""#, r#""account""#),
    ] {
        assert!(whole.contains(right) && corrupt(&whole.replacen(right, wrong, 1)), "{right} {wrong}");
    }
}

// S8
#[test]
fn sums_are_bounded() {
    let mut ledger = ledger();
    for number in 0..200 {
        spend(&mut ledger, &payer(Some(&format!("user-{number}")), &format!("g-{number}")), 1, "1");
        spend(&mut ledger, &payer(Some("one"), &format!("grant-{number}")), 1, "1");
        let label = Payer {
            client: ["client".into(), format!("label-{number}")],
            ..payer(Some("one"), &format!("l-{number}"))
        };
        spend(&mut ledger, &label, 1, "1");
    }
    assert!(ledger.accounts.len() <= MAX_ACCOUNTS && ledger.last_users.len() <= MAX_CLIENTS);
    assert!(ledger.accounts.values().all(|account| account.sessions.len() <= MAX_SESSIONS));
    assert!(ledger.encode().unwrap().len() < 128 * 1024);
    assert_eq!(
        known(&mut ledger, &payer(Some("one"), "g"), 1).0,
        money("400"),
        "the account that was used last is kept"
    );
}

proptest! {
    // S3
    #[test]
    fn hostile_bytes_never_panic(bytes in any::<Vec<u8>>(), text in "\\PC{0,100}") {
        let _ = Ledger::decode(Some(&bytes), 0);
        let _ = Ledger::decode(Some(format!("{{\"v\":1,\"accounts\":{{\"a\":{{\"date\":\"{text}\"}}}}}}").as_bytes()), 0);
    }

    // Whatever comes in whatever order, and whoever turns out to be signed in: nothing is lost, and what is reserved comes back
    #[test]
    fn sums_add_up(
        costs in proptest::collection::vec((0_u32..1000, 0_u8..4, 0_usize..3, 0_usize..3), 1..50),
        users in [0_usize..3, 0..3, 0..3],
    ) {
        let (mut ledger, mut named) = (ledger(), [false; 3]);
        let grants = ["g1", "g2", "g3"];
        let of = |session: usize, is_named: bool| {
            let user = ["a", "b", "c"][users[session]];
            payer(is_named.then_some(user), grants[session])
        };
        let mut calls = Vec::new();
        for (cost, outcome, session, learns) in &costs {
            named[*learns] = true;
            let payer = of(*session, named[*session]);
            calls.push((payer.clone(), ledger.sums(&payer, date(1)).reserve(Decimal::from(*cost)), *cost, *outcome));
        }
        let (mut known, mut computed, mut standing) = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
        for (payer, reservation, cost, outcome) in calls.iter().rev() {
            let cost = Decimal::from(*cost);
            let outcome = match outcome {
                0 => Outcome::Free,
                1 => { known += cost; Outcome::Told(cost) }
                2 => { computed += cost; Outcome::Computed(cost) }
                _ => { standing += cost; Outcome::Unknown }
            };
            ledger.sums(payer, date(1)).settle(Some(reservation), outcome);
        }
        let mut total = Sum::default();
        for account in ledger.accounts.values() {
            let mut parts = Sum::default();
            account.sessions.iter().for_each(|session| parts.add(&session.day));
            prop_assert_eq!(Sum { number: 0, ..account.day.clone() }, Sum { number: 0, ..parts });
            total.add(&account.day);
        }
        prop_assert_eq!((total.known, total.computed, total.reserved), (known, computed, standing));
    }
}
