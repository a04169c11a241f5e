//! What was asked and what became of it, without the credentials it was asked with.

use std::collections::VecDeque;
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Serialize, Serializer};

/// More than any test sends, and little enough to keep all day.
const KEPT: usize = 10_000;
/// Codes and tokens of the sandbox begin so. Nobody should put one into a path; who does will not find it in the log.
const CREDENTIAL: &str = "sandbox_";

/// One request to the sandbox. No header, query or body is kept: they carry credentials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RequestRecord {
    /// `GET`, `POST`, …
    pub method: String,
    /// The path, without its query.
    pub path: String,
    /// The answer's status; `None` while there is none, and for good where the client left before it came.
    pub status: Option<u16>,
    /// When the request arrived, by the sandbox's clock.
    #[serde(serialize_with = "timestamp")]
    pub started: DateTime<Utc>,
    /// When its answer had left, or the client; `None` while it is under way. By the sandbox's clock.
    #[serde(serialize_with = "optional_timestamp")]
    pub finished: Option<DateTime<Utc>>,
    /// How long that took, whatever was done to the clock; `None` while it is under way.
    #[serde(rename = "milliseconds", serialize_with = "optional_milliseconds")]
    pub took: Option<Duration>,
    /// How many bytes of the answer's body were handed to the connection.
    pub bytes: u64,
    /// How it ended; `None` while it is under way.
    pub ended: Option<Ending>,
    /// The fault that the request met, by its `kind`.
    pub fault: Option<&'static str>,
}

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Ending {
    /// With the whole answer.
    Answered,
    /// The client closed the connection first.
    ClientDisconnected,
    /// A fault took the answer's place, or broke it off.
    Fault,
}

/// The latest requests.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    records: VecDeque<RequestRecord>,
    /// The number of the first record kept, so that a request finds its own record again.
    first: usize,
}

impl RequestLog {
    /// Notes an arrival; returns its number.
    pub(crate) fn arrived(&mut self, method: &str, path: &str, started: DateTime<Utc>) -> usize {
        if self.records.len() == KEPT {
            self.records.pop_front();
            self.first += 1;
        }
        self.records.push_back(RequestRecord {
            method: method.to_owned(),
            path: path.split(CREDENTIAL).next().unwrap_or_default().to_owned(),
            status: None,
            started,
            finished: None,
            took: None,
            bytes: 0,
            ended: None,
            fault: None,
        });
        self.first + self.records.len() - 1
    }

    /// The record of request `number`, if it is still kept.
    pub(crate) fn record(&mut self, number: usize) -> Option<&mut RequestRecord> {
        number.checked_sub(self.first).and_then(|index| self.records.get_mut(index))
    }

    pub(crate) fn records(&self) -> impl Iterator<Item = &RequestRecord> {
        self.records.iter()
    }
}

fn timestamp<S: Serializer>(time: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&time.to_rfc3339_opts(SecondsFormat::Millis, true))
}

fn optional_timestamp<S: Serializer>(time: &Option<DateTime<Utc>>, serializer: S) -> Result<S::Ok, S::Error> {
    match time {
        Some(time) => timestamp(time, serializer),
        None => serializer.serialize_none(),
    }
}

/// To a thousandth.
fn optional_milliseconds<S: Serializer>(time: &Option<Duration>, serializer: S) -> Result<S::Ok, S::Error> {
    time.map(|time| (time.as_secs_f64() * 1e6).round() / 1e3).serialize(serializer)
}
