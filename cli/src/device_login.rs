//! `aipass login --device`: shows a code, a page and a QR code, and waits until the user has entered the code elsewhere.

use crate::failure::Failure;
use crate::interruption;
use crate::output::{self, BOLD, printable};
use crate::progress;
use crate::sign_in;
use aipass::{AiPass, DeviceSignIn, SignInOptions};
use anstyle::{AnsiColor, Color, Style};
use qrcode::render::unicode::Dense1x2;
use qrcode::{EcLevel, QrCode};
use std::io::IsTerminal;
use std::time::SystemTime;

/// Dark on light in every terminal: cameras read a code in these colours best.
const QR: Style =
    Style::new().fg_color(Some(Color::Ansi(AnsiColor::Black))).bg_color(Some(Color::Ansi(AnsiColor::BrightWhite)));

/// Signs in. Ctrl-C drops this; the caller then cancels the sign-in.
pub async fn run(ai: &AiPass) -> Result<(), Failure> {
    let sign_in = sign_in::begin(ai, || ai.begin_device_sign_in(SignInOptions::default())).await?;
    output::note(instructions(&sign_in, std::io::stderr().is_terminal(), SystemTime::now()));
    let waiting = ai.clone();
    // To its end: a response that is on its way may bring the session, which a cancelled sign-in has to give back.
    let complete = interruption::to_the_end(async move { waiting.complete_device_sign_in().await });
    Ok(progress::during("waiting for the code to be entered", complete).await?)
}

/// What the user has to do. A QR code is for eyes on a terminal only.
fn instructions(sign_in: &DeviceSignIn, on_terminal: bool, now: SystemTime) -> String {
    let page = printable(sign_in.verification_uri.as_str());
    let code = printable(&sign_in.user_code);
    let minutes = sign_in.expires_at.duration_since(now).unwrap_or_default().as_secs().div_ceil(60);
    let picture = Some(sign_in).filter(|_| on_terminal).and_then(qr_code);
    let picture = picture.map(|picture| format!("{BOLD}Or scan this:{BOLD:#}\n\n{picture}\n")).unwrap_or_default();
    format!(
        "{BOLD}Open this page on your phone or computer:{BOLD:#}\n\n  {page}\n\n\
         {BOLD}Enter this code, or check that the page shows it:{BOLD:#}\n\n  {code}\n\n{picture}\
         Waiting for up to {minutes} min. Ctrl-C gives up."
    )
}

/// The page with the code in it, or else without it, as a QR code; `None` where none fits on the terminal.
fn qr_code(sign_in: &DeviceSignIn) -> Option<String> {
    let pages = sign_in.verification_uri_complete.iter().chain([&sign_in.verification_uri]);
    pages.into_iter().find_map(|page| {
        let code = QrCode::with_error_correction_level(page.as_str(), EcLevel::L).ok()?;
        let picture = code.render::<Dense1x2>().build(); // with the margin that cameras need
        let fits = picture.lines().all(|line| line.chars().count() <= output::WIDTH);
        fits.then(|| picture.lines().map(|line| format!("{QR}{line}{QR:#}\n")).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use aipass::{MemoryStore, Provider};
    use std::sync::Arc;
    use std::time::Duration;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    /// What a server with this response begins.
    async fn begun(response: &str) -> DeviceSignIn {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let response = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{response}", response.len());
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await.unwrap();
            stream.write_all(response.as_bytes()).await.unwrap();
            stream.shutdown().await.unwrap();
        });
        let mut provider = Provider::custom(&base, &format!("{base}/a"), &format!("{base}/t")).unwrap();
        provider.device_authorization_endpoint = Some(format!("{base}/device").parse().unwrap());
        let builder = AiPass::builder("app", "http://127.0.0.1/callback").provider(provider);
        let ai = builder.store(Arc::new(MemoryStore::new())).build().unwrap();
        ai.begin_device_sign_in(SignInOptions::default()).await.unwrap()
    }

    const CODES: &str = r#"{"device_code":"D","user_code":"WDJB-MJHT","verification_uri":"https://id.example/device",
        "verification_uri_complete":"https://id.example/device?user_code=WDJB-MJHT","expires_in":600}"#;

    #[tokio::test]
    async fn page_code_and_picture_are_shown() {
        let sign_in = begun(CODES).await;
        let now = sign_in.expires_at - Duration::from_secs(590);
        let shown = instructions(&sign_in, true, now);
        for words in ["\n  https://id.example/device\n", "\n  WDJB-MJHT\n", "Or scan this", "up to 10 min", "█"] {
            assert!(shown.contains(words), "{words:?} is not in {shown}");
        }
        let piped = instructions(&sign_in, false, now);
        assert!(piped.contains("WDJB-MJHT") && !piped.contains("scan") && !piped.contains('█'), "{piped}");
    }

    #[tokio::test]
    async fn the_picture_fits_on_a_terminal_or_is_left_out() {
        let with = |page: &str| CODES.replace("https://id.example/device", page);
        let usual = qr_code(&begun(CODES).await).unwrap();
        assert!(usual.lines().count() < 25, "{usual}");
        // An address with the code that is too long leaves the one without it.
        let long = format!("https://id.example/device?user_code={}", "a".repeat(1000));
        let long = CODES.replace("https://id.example/device?user_code=WDJB-MJHT", &long);
        assert!(qr_code(&begun(&long).await).is_some_and(|picture| picture.lines().count() < 25));
        let far = format!("https://id.example/{}", "a".repeat(1000));
        assert_eq!(qr_code(&begun(&with(&far)).await), None);
    }
}
