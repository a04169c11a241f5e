use super::*;
use proptest::prelude::*;

fn response(body: Vec<u8>) -> BufferedResponse {
    BufferedResponse {
        status: 200,
        body,
        media_type: String::new(),
        request_id: None,
        cost: None,
        bill: crate::gateway::bill::Bill::none(),
        scrubber: Default::default(),
    }
}

fn answered(body: &str) -> Result<VideoJob> {
    read(response(body.into()))
}

// wire: video. Accept `id` or `videoId`
#[test]
fn a_job_is_read_in_every_form() {
    let job =
        answered(r#"{"id":"v1","object":"video","status":"in_progress","progress":40,"model":"sora-2","error":null}"#);
    let job = job.unwrap();
    assert_eq!((job.id.as_str(), &job.status, job.progress), ("v1", &VideoStatus::InProgress, Some(40)));
    let job = answered(r#"{"success":true,"data":{"videoId":"v2","status":"PROCESSING","progress":0.5}}"#).unwrap();
    assert_eq!((job.id.as_str(), &job.status, job.progress), ("v2", &VideoStatus::InProgress, Some(50)));
    let both = answered(r#"{"videoId":"v3","id":"v3","status":"done","progress":1.0}"#).unwrap();
    assert_eq!((both.id.as_str(), both.status, both.progress), ("v3", VideoStatus::Completed, Some(100)));
    let job = answered(r#"{"videoId":"v3","status":"dreaming","progress":"100%"}"#).unwrap();
    assert_eq!((job.status, job.progress), (VideoStatus::Other { name: "dreaming".into() }, Some(100)));
    assert_eq!(answered(r#"{"id":"v4","progress":7000}"#).unwrap().progress, None);
    let job = answered(r#"{"id":"v4","id":"v5","status":"queued","status":"done","error":"","progress":[]}"#).unwrap();
    assert_eq!((job.id.as_str(), job.status, job.failure), ("v5", VideoStatus::Completed, None), "the last one counts");
    let job = answered(r#"{"video":{"video_id":7,"status":"queued","error":{},"progress":"0.25"}}"#).unwrap();
    assert_eq!((job.id.as_str(), job.progress, job.failure), ("7", Some(25), None));
}

#[test]
fn a_failed_job_tells_its_reason_and_is_an_error_only_for_who_waits() {
    let body = r#"{"id":"v1","status":"failed","error":{"code":"moderation","message":"Not this."}}"#;
    let job = answered(body).unwrap();
    assert_eq!((&job.status, job.failure.as_deref()), (&VideoStatus::Failed, Some("Not this.")));
    for body in [
        r#"{"id":"v1","status":"failed","error":"Not this."}"#,
        r#"{"id":"v1","status":"failed","error":{"code":null,"message":"Not this."}}"#,
        r#"{"id":"v1","status":"failed","error":{"detail":"Not this."}}"#,
        r#"{"data":{"videoId":"v1","status":"FAILED","failureReason":"Not this."}}"#,
    ] {
        assert_eq!(answered(body).unwrap().failure.as_deref(), Some("Not this."), "{body}");
    }
    let Err(Error::Provider { kind: ProviderErrorKind::GenerationFailed, detail, .. }) = job.or_failure() else {
        panic!("no failure")
    };
    assert_eq!(detail, "Not this.");
}

#[test]
fn what_is_no_job_is_a_typed_error() {
    for body in ["", "[]", "{}", r#"{"id":null}"#, "<html>"] {
        assert_eq!(answered(body).unwrap_err().code(), "provider_invalid_response", "{body}");
    }
    for refused in [
        r#"{"error":{"message":"Budget has been exceeded!","type":"budget_exceeded"}}"#,
        r#"{"id":"req-1","error":{"message":"Budget has been exceeded!","type":"budget_exceeded"}}"#,
        r#"{"success":"false","data":null,"error":{"message":"Budget has been exceeded!","type":"budget_exceeded"}}"#,
    ] {
        assert_eq!(answered(refused).unwrap_err().code(), "budget_exceeded", "{refused}");
    }
}

#[test]
fn where_a_video_is_can_be_said_in_several_ways() {
    for body in [
        r#"{"downloadUrl":"https://v.example/1.mp4"}"#,
        r#"{"success":true,"data":{"downloadUrl":"https://v.example/1.mp4"}}"#,
        r#"{"downloadUrl":null,"download_url":"https://v.example/1.mp4"}"#,
        r#"{"downloadUrl":"https://v.example/0.mp4","downloadUrl":"https://v.example/1.mp4"}"#,
        r#"{"id":"v1","video":{"url":"https://v.example/1.mp4"}}"#,
        r#"{"data":[{"url":"https://v.example/1.mp4"}]}"#,
        r#"{"success":true,"data":{"status":"done","output":{"video_url":"https://v.example/1.mp4"}}}"#,
    ] {
        assert_eq!(read_download_url(body.as_bytes(), None).unwrap().as_str(), "https://v.example/1.mp4");
    }
    assert!(read_download_url(br#"{"downloadUrl":"nowhere"}"#, None).is_err());
}

proptest! {
    // S3
    #[test]
    fn no_answer_panics(body in any::<Vec<u8>>()) {
        let _ = read_download_url(&body, None);
        let _ = read(response(body));
    }
}
