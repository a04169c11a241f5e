//! A line on a terminal while something takes longer than a second, gone when it is over.

use crate::output::{DIM, overwrite};
use std::io::IsTerminal;
use std::pin::pin;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// Waits for `work`, and says on a terminal what is waited for.
pub async fn during<T>(what: &str, work: impl Future<Output = T>) -> T {
    if !std::io::stderr().is_terminal() {
        return work.await;
    }
    let mut line = Line { what, shown: false };
    each_second(work, |seconds| line.show(seconds)).await
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

struct Line<'a> {
    what: &'a str,
    shown: bool,
}

impl Line<'_> {
    fn show(&mut self, seconds: u64) {
        self.shown = true;
        overwrite(format_args!("{DIM}· {} … {seconds} s{DIM:#}", self.what));
    }
}

/// Also where the work was interrupted.
impl Drop for Line<'_> {
    fn drop(&mut self) {
        if self.shown {
            overwrite("");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
