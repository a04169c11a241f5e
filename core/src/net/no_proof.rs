//! Without the feature `dpop` no request has a proof.

use super::Response;
use super::failure::HttpFailure;
use super::payload::Payload;
use http::Request;

pub(super) struct Proof;

pub(super) async fn add(_: &mut Request<Payload>) -> Result<Option<Proof>, HttpFailure> {
    Ok(None)
}

pub(super) fn is_refused(_: &Request<Payload>, _: Option<Proof>, _: &Result<Response, HttpFailure>) -> bool {
    false
}
