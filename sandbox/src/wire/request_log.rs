//! Every request and how it ended, without credentials.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use tokio::sync::broadcast;

use crate::lock::lock;

/// More than any test sends, and little enough to keep all day.
const MAX_RECORDS: usize = 10_000;
/// A subscriber that is more ended requests behind misses the oldest.
const MAX_WAITING: usize = 256;
/// What codes and tokens of the sandbox begin with. A path is logged without them.
const CREDENTIAL: &str = "sandbox_";

/// One request to the sandbox. No header, query or body is kept: they carry credentials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RequestRecord {
    /// `GET`, `POST`, …
    pub method: String,
    /// The path, without its query.
    pub path: String,
    /// The response's status; `None` until there is one, and for good if the client left before.
    pub status: Option<u16>,
    /// When the request arrived, by the sandbox's clock.
    #[serde(serialize_with = "timestamp")]
    pub started: DateTime<Utc>,
    /// When the response was sent or the client left; `None` while the request is under way. By the sandbox's clock.
    #[serde(serialize_with = "optional_timestamp")]
    pub finished: Option<DateTime<Utc>>,
    /// How long that took in real time, whatever was done to the clock; `None` while it is under way.
    #[serde(rename = "milliseconds", serialize_with = "optional_milliseconds")]
    pub took: Option<Duration>,
    /// How many bytes of the response's body were handed to the connection.
    pub bytes: u64,
    /// How it ended; `None` while it is under way.
    pub ended: Option<Ending>,
    /// The `kind` of the fault that applied to the request.
    pub fault: Option<&'static str>,
    /// The app that the request's access token was issued to, whether it still works or not.
    pub client_id: Option<String>,
    /// What the call was charged, in US dollars; `None` if nothing was, or until that is known.
    pub cost: Option<Decimal>,
}

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Ending {
    /// The whole response was sent.
    Answered,
    /// The client closed the connection first.
    ClientDisconnected,
    /// A fault replaced the response or cut it off.
    Fault,
}

/// The latest requests, and the subscribers to requests that have ended.
pub(crate) struct RequestLog {
    records: Mutex<Records>,
    ended: broadcast::Sender<RequestRecord>,
}

#[derive(Default)]
struct Records {
    kept: VecDeque<Kept>,
    /// The number of the first record kept, so that a request finds its own record again.
    first: usize,
    /// How many changes there were, so that a reader finds what changed since it last read.
    changes: u64,
}

struct Kept {
    record: RequestRecord,
    /// The number of its latest change.
    changed: u64,
}

/// A record with the number of its request.
#[derive(Serialize)]
pub(crate) struct NumberedRecord {
    pub(crate) number: usize,
    #[serde(flatten)]
    pub(crate) record: RequestRecord,
}

impl RequestLog {
    pub(crate) fn new() -> Self {
        Self { records: Mutex::default(), ended: broadcast::Sender::new(MAX_WAITING) }
    }

    /// Adds a request; returns its number.
    pub(crate) fn add(&self, method: &str, path: &str, started: DateTime<Utc>) -> usize {
        let mut records = lock(&self.records);
        if records.kept.len() == MAX_RECORDS {
            records.kept.pop_front();
            records.first += 1;
        }
        let record = RequestRecord {
            method: method.to_owned(),
            path: path.split(CREDENTIAL).next().unwrap_or_default().to_owned(),
            status: None,
            started,
            finished: None,
            took: None,
            bytes: 0,
            ended: None,
            fault: None,
            client_id: None,
            cost: None,
        };
        records.changes += 1;
        let changed = records.changes;
        records.kept.push_back(Kept { record, changed });
        records.first + records.kept.len() - 1
    }

    /// Changes the record of request `number`, if it is still kept.
    pub(crate) fn update(&self, number: usize, change: impl FnOnce(&mut RequestRecord)) {
        let mut records = lock(&self.records);
        let Records { kept, first, changes } = &mut *records;
        if let Some(found) = number.checked_sub(*first).and_then(|index| kept.get_mut(index)) {
            *changes += 1;
            found.changed = *changes;
            change(&mut found.record);
        }
    }

    /// Changes the record as [`Self::update`] does, and sends it to the subscribers.
    pub(crate) fn finish(&self, number: usize, change: impl FnOnce(&mut RequestRecord)) {
        self.update(number, |record| {
            change(record);
            // An error means that there is no subscriber.
            let _ = self.ended.send(record.clone());
        });
    }

    /// The records, oldest first.
    pub(crate) fn records(&self) -> Vec<RequestRecord> {
        lock(&self.records).kept.iter().map(|kept| kept.record.clone()).collect()
    }

    /// The records that changed after change number `seen`, oldest first, at most the newest `most`; and the number of
    /// the latest change.
    pub(crate) fn changed_since(&self, seen: u64, most: usize) -> (Vec<NumberedRecord>, u64) {
        let records = lock(&self.records);
        let numbered = |(index, kept): (usize, &Kept)| NumberedRecord {
            number: records.first + index,
            record: kept.record.clone(),
        };
        let changed = records.kept.iter().enumerate().rev().filter(|(_, kept)| kept.changed > seen);
        let mut changed: Vec<NumberedRecord> = changed.take(most).map(numbered).collect();
        changed.reverse();
        (changed, records.changes)
    }

    /// Each record from now on, when its request has ended.
    pub(crate) fn subscribe(&self) -> broadcast::Receiver<RequestRecord> {
        self.ended.subscribe()
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
