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

    let error = Error::Storage { kind: StorageErrorKind::KeyLost, detail: "no such alias".into() };
    assert_eq!(error.code(), "storage_key_lost");
}
