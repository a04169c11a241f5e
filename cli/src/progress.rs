//! A line on a terminal while something takes longer than a second, gone when it is over.

use crate::figures::grouped;
use crate::output::{DIM, overwrite};
use aipass::{AiPass, CallOptions, TransferCount, TransferProgress};
use std::io::IsTerminal;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// How many characters a bar has.
const BAR: u64 = 20;

/// Waits for `work`, and says on a terminal what is waited for.
pub async fn during<T>(what: &str, work: impl Future<Output = T>) -> T {
    watching(work, || what.to_owned()).await
}

/// Makes a call with `ai`, and shows on a terminal how far its upload or download is.
pub async fn transferring<T, F: Future<Output = T>>(what: &str, ai: &AiPass, call: impl FnOnce(AiPass) -> F) -> T {
    let progress = TransferProgress::new();
    let counted = ai.with(CallOptions { progress: Some(Arc::clone(&progress)), ..CallOptions::default() });
    let stand = || {
        let TransferCount { sent, to_send, received, to_receive, .. } = progress.count();
        transfer(what, (sent, to_send), (received, to_receive))
    };
    watching(call(counted), stand).await
}

/// Waits for `work`, and says on a terminal after each second how it stands.
pub async fn watching<T>(work: impl Future<Output = T>, stand: impl Fn() -> String) -> T {
    if !std::io::stderr().is_terminal() {
        return work.await;
    }
    let mut line = Line { shown: false };
    each_second(work, |seconds| line.show(&stand(), seconds)).await
}

/// A share as a bar and in percent.
pub fn bar(done: u64, total: u64) -> String {
    let share = |parts: u64| done.min(total).saturating_mul(parts) / total.max(1);
    let filled = share(BAR) as usize;
    format!("{}{} {} %", "█".repeat(filled), "░".repeat(BAR as usize - filled), share(100))
}

fn transfer(what: &str, (sent, to_send): (u64, u64), (received, to_receive): (u64, Option<u64>)) -> String {
    match to_receive {
        _ if sent < to_send => format!("{what}, sent {}", bar(sent, to_send)),
        _ if received == 0 => what.to_owned(),
        Some(total) => format!("{what}, received {}", bar(received, total)),
        None => format!("{what}, received {} bytes", grouped(usize::try_from(received).unwrap_or(usize::MAX))),
    }
}

/// Waits for `work`; calls `tick` after each second of it.
async fn each_second<T>(work: impl Future<Output = T>, mut tick: impl FnMut(u64)) -> T {
    let mut work = pin!(work);
    let mut seconds = 0;
    loop {
        match tokio::time::timeout(SECOND, &mut work).await {
            Ok(done) => return done,
            Err(_) => {
                seconds += 1;
                tick(seconds);
            }
        }
    }
}

struct Line {
    shown: bool,
}

impl Line {
    fn show(&mut self, stand: &str, seconds: u64) {
        self.shown = true;
        overwrite(format_args!("{DIM}· {stand} … {seconds} s{DIM:#}"));
    }
}

/// Also where the work was interrupted.
impl Drop for Line {
    fn drop(&mut self) {
        if self.shown {
            overwrite("");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transfer_is_shown_as_far_as_it_is_known() {
        assert_eq!(transfer("sending", (30, 120), (0, None)), "sending, sent █████░░░░░░░░░░░░░░░ 25 %");
        assert_eq!(transfer("waiting", (120, 120), (0, Some(9))), "waiting");
        assert_eq!(transfer("loading", (0, 0), (12_345, None)), "loading, received 12,345 bytes");
        assert_eq!(transfer("loading", (0, 0), (9, Some(9))), "loading, received ████████████████████ 100 %");
        // A server may say less than it sends, and anything may be huge.
        assert_eq!(bar(10, 5), bar(5, 5));
        assert_eq!(bar(0, 0), "░░░░░░░░░░░░░░░░░░░░ 0 %");
        assert!(bar(u64::MAX / 2, u64::MAX).ends_with(" %"));
    }

    #[tokio::test(start_paused = true)]
    async fn what_takes_longer_than_a_second_is_counted() {
        let mut ticks = Vec::new();
        let work = async {
            tokio::time::sleep(Duration::from_millis(2500)).await;
            7
        };
        assert_eq!(each_second(work, |seconds| ticks.push(seconds)).await, 7);
        assert_eq!(ticks, [1, 2]);
        ticks.clear();
        each_second(tokio::time::sleep(Duration::from_millis(900)), |seconds| ticks.push(seconds)).await;
        assert_eq!(ticks, [0; 0]);
    }
}
