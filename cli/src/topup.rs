//! `aipass topup`: where to fill the wallet.

use crate::args::TopUpArgs;
use crate::failure::Failure;
use crate::{output, profile, progress};
use serde::Serialize;

/// What `--json` prints.
#[derive(Serialize)]
struct Report<'a> {
    url: &'a str,
}

pub async fn run(args: &TopUpArgs) -> Result<(), Failure> {
    let ai = profile::session(&args.session.connection).await?;
    let url = progress::during("asking where to pay", ai.checkout_url(args.amount)).await?;
    let url = url.as_str();
    if args.session.json {
        output::json(&Report { url }, false)?;
    } else {
        output::line(url)?;
    }
    if args.open && open::that_detached(url).is_err() {
        output::note("No browser could be opened: open the address above yourself.");
    }
    Ok(())
}
