//! What was asked, without the credentials it was asked with.

use std::collections::VecDeque;

use chrono::{DateTime, Utc};

/// More than any test sends, and little enough to keep all day.
const KEPT: usize = 10_000;

/// One request to the sandbox. No header, query or body is kept: they carry credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestRecord {
    /// `GET`, `POST`, …
    pub method: String,
    /// The path, without its query.
    pub path: String,
    /// The answer's status; `None` while there is none, and for good where the client left before it came.
    pub status: Option<u16>,
    /// When the request arrived, by the sandbox's clock.
    pub arrived: DateTime<Utc>,
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
    pub(crate) fn arrived(&mut self, method: &str, path: &str, arrived: DateTime<Utc>) -> usize {
        if self.records.len() == KEPT {
            self.records.pop_front();
            self.first += 1;
        }
        self.records.push_back(RequestRecord {
            method: method.to_owned(),
            path: path.to_owned(),
            status: None,
            arrived,
        });
        self.first + self.records.len() - 1
    }

    /// Notes the answer to request `number`.
    pub(crate) fn answered(&mut self, number: usize, status: u16) {
        let record = number.checked_sub(self.first).and_then(|index| self.records.get_mut(index));
        if let Some(record) = record {
            record.status = Some(status);
        }
    }

    pub(crate) fn records(&self) -> impl Iterator<Item = &RequestRecord> {
        self.records.iter()
    }
}
