//! `aipass topup`.

use crate::running::{command_at, file, finish, folder, until};
use crate::user::User;
use aipass_sandbox::{Endpoint, Fault};

// wire: top-up
#[tokio::test]
async fn where_to_pay_is_an_https_address() {
    let user = User::sign_in("topup").await;
    let outcome = user.run(&["topup", "12.50"]).await;
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome:?}");
    assert!(outcome.stdout.starts_with("https://checkout.example.com/pay/"), "{outcome:?}");
    let printed = user.run(&["topup", "12.50", "--json"]).await.json();
    assert!(printed["url"].as_str().unwrap().starts_with("https://"), "{printed}");
}

#[tokio::test]
async fn an_amount_that_is_none_is_a_wrong_command_line() {
    let user = User::sign_in("topup-refused").await;
    user.run(&["topup", "ten"]).await.fails_with(2, "<AMOUNT>");
    user.run(&["topup", "0"]).await.fails_with(2, "The amount cannot be used: it must be at least 0.50 US dollars");
    assert_eq!(user.sandbox.requests("/api/v1/payment/create-checkout-session"), 0);
    user.sandbox.add_fault(Endpoint::Checkout, Fault::status(503), None).unwrap();
    user.run(&["topup", "10"]).await.fails_with(1, "The provider is unavailable (status 503)");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_page_is_opened_if_asked_for_and_printed_in_any_case() {
    let user = User::sign_in("topup-open").await;
    let programs = folder("topup-programs");
    let noted = programs.join("opened");
    let shown = noted.display();
    let script = format!("#!/bin/sh\nprintf %s \"$1\" > '{shown}.new'\n/bin/mv '{shown}.new' '{shown}'\n");
    let opener = file(&programs, "xdg-open", script.as_bytes());
    std::fs::set_permissions(&opener, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let mut command = command_at(&user.home, &["topup", "10", "--open"]);
    command.env("PATH", &programs);
    let outcome = finish(command).await;
    assert_eq!(outcome.status, 0, "{outcome:?}");
    until(|| noted.exists()).await;
    assert_eq!(std::fs::read_to_string(&noted).unwrap(), outcome.stdout.trim());
}
