//! Reads the fields of a photographed receipt: `cargo run -p aipass --example receipt [PHOTO]`.

mod support;

use aipass::{Error, ReceiptScan};
use std::path::PathBuf;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (sandbox, ai) = support::signed_in().await?;
    let bundled = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../sandbox/recorded/cafe.jpg"));
    let photo = std::env::args_os().nth(1).map_or_else(bundled, PathBuf::from);

    match ai.scan_receipt(ReceiptScan::photo(photo)).await {
        // What cannot be read is `None`: show it for the user to fill in.
        Ok(receipt) => {
            println!("{:?} {:?} at {:?}, {:?}", receipt.amount, receipt.currency, receipt.merchant, receipt.date)
        }
        Err(Error::BudgetExceeded { .. }) => println!("show the balance, and a way to top up"),
        Err(Error::InvalidInput { input, detail }) => println!("the {input} cannot be used: {detail}"),
        Err(error) => return Err(error.into()),
    }
    sandbox.stop().await;
    Ok(())
}
