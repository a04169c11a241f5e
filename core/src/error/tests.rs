use super::*;

#[test]
fn every_error_names_its_code_and_reads_as_a_sentence() {
    let error = Error::BudgetExceeded {
        spent: Some("10.02".parse().unwrap()),
        limit: Some(Decimal::TEN),
        request_id: None,
        detail: "Budget has been exceeded!".into(),
        text: None,
    };
    assert_eq!(error.code(), "budget_exceeded");
    assert_eq!(error.to_string(), "the budget is used up (10.02 of 10): Budget has been exceeded!");

    let error = Error::SpendLimit {
        scope: SpendScope::Day,
        limit: Decimal::ONE,
        spent: "0.8".parse().unwrap(),
        reserved: "0.15".parse().unwrap(),
        estimate: Some("0.06".parse().unwrap()),
        text: None,
    };
    assert_eq!(error.code(), "spend_limit_day");
    let text = "over the app's own limit per day: of 1, 0.8 are spent and 0.15 reserved, and the cost of this call may be 0.06";
    assert_eq!(error.to_string(), text);

    let error = Error::Storage { kind: StorageErrorKind::KeyLost, detail: "no such alias".into() };
    assert_eq!(error.code(), "storage_key_lost");
}
