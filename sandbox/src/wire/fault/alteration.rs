//! Altered responses: one fault for each kind that servers and proxies are known to make.
//!
//! To add one: a line in the table below, and its case in the file of its group in `sandbox/src/faults/alteration`. The line makes its name
//! in JSON and on the command line, its place in `--help` and in the control API's list. A test checks that the README has it.

use serde::{Deserialize, Serialize};

macro_rules! alterations {
    ($($group:literal { $($variant:ident $name:literal $about:literal)* })*) => {
        /// How a response is changed or replaced.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Alteration {
            $($(#[doc = concat!($about, ".")] #[serde(rename = $name)] $variant,)*)*
        }

        impl Alteration {
            /// Every alteration with its name and what it does.
            pub const ALL: &[(&str, Self, &str)] = &[$($(($name, Self::$variant, $about),)*)*];

            /// What the alteration changes, as a heading.
            pub fn group(self) -> &'static str {
                match self {
                    $($(Self::$variant)|* => $group,)*
                }
            }
        }
    };
}

alterations! {
    "Responses of the token endpoint" {
        SameAccessToken "same_access_token" "a refresh returns the previous access token with a new refresh token"
        NarrowScope "narrow_scope" "the token response says scope api:access, whatever was requested"
        EmptyError "empty_error" "the response has an empty error member"
        DuplicateMember "duplicate_member" "access_token, scope, finish_reason and arguments appear twice, the wrong value first"
    }
    "Errors; the request is not handled" {
        SlowDown "slow_down" "429 with Retry-After: 120 and the OAuth error slow_down"
        HugeRetryAfter "huge_retry_after" "429 with a Retry-After of 20 digits"
        EnvelopeError "envelope_error" "200 with success false and the message Code expired"
        ListError "list_error" "a budget error in a list: [{error}]"
        DetailError "detail_error" "a budget error in a detail: {detail: {error}}"
        TextError "text_error" "429 with a budget error as plain text"
        HtmlError "html_error" "502 with a page of HTML"
        Html200 "html_200" "200 with a page of HTML"
        Budget401 "budget_401" "401 auth_error whose message says ExceededBudget"
        Upstream401 "upstream_401" "401 whose message quotes invalid_token of an upstream server"
        EchoedToken "echoed_token" "400 with the client's token in the message and the request id"
    }
    "Chat responses" {
        FinishEmpty "finish_empty" "a finish reason of null or stop becomes an empty text; in a stream only null"
        FinishMissing "finish_missing" "half of the stream, with empty finish reasons, then its end; without a stream no finish reason"
        FinishTwice "finish_twice" "the stream ends with stop, and with stop again"
        FinishChanges "finish_changes" "the stream ends with stop, and then with length"
        ErrorIn200 "error_in_200" "200 whose body is an error; in a stream an error after half of the text"
        BudgetIn200 "budget_in_200" "200 with a budget error beside an empty choice; in a stream after half of the text"
        ChoiceError "choice_error" "a choice ends with error 502; in a stream after half of the text"
        StructuredArguments "structured_arguments" "a tool's arguments are an object instead of a text"
        StructuredContent "structured_content" "the content is an object instead of a text"
        MessageRepeated "message_repeated" "the last choice of the stream repeats the whole message"
        FunctionCall "function_call" "a tool call is written as the older function_call"
        NewCallIds "new_call_ids" "each piece of a streamed tool call has a new id"
        NameLate "name_late" "the name of a streamed tool call comes with its last piece"
        MessageMissing "message_missing" "a choice without a message, ended by length"
        EmptyUsage "empty_usage" "the usage is {}; in a stream after the real one"
        GarbledEvent "garbled_event" "an event in the middle of the stream is truncated JSON; without a stream the body is"
        ManyItems "many_items" "two million empty choices or images after the first"
    }
    "The text of the model" {
        Thoughts "thoughts" "thoughts with another amount come before the text"
        LoneThoughts "lone_thoughts" "the same, but only the end of the thoughts is marked"
        DraftThenAnswer "draft_then_answer" "a draft with another amount comes before the text"
        SchemaThenAnswer "schema_then_answer" "the fields with their types come before the text"
        TruncatedDraft "truncated_draft" "the text is a draft, and the final JSON after it is truncated at length"
        WrappedReceipt "wrapped_receipt" "the text's JSON is wrapped in {receipt, metadata}"
        ListedReceipt "listed_receipt" "the text's JSON is wrapped in {results: [...]}"
        StringReceipt "string_receipt" "the text's JSON is encoded as a JSON string"
        NearJson "near_json" "the text's JSON has a comment and trailing commas"
    }
    "Transport" {
        Gzip "gzip" "the body is compressed as gzip, requested or not"
        Deflate "deflate" "the body is compressed as deflate (zlib), requested or not"
        UnknownCoding "unknown_coding" "the body has a content coding that does not exist"
        GzipBomb "gzip_bomb" "the body is 256 MiB of spaces in gzip"
        ManyHeaders "many_headers" "120 more headers, as a proxy may add"
        CostScientific "cost_scientific" "the cost is written with an exponent"
        CostUnknown "cost_unknown" "the cost header says None"
    }
    "Links" {
        PrivateUrl "private_url" "the links to images lead to port 631 of the client's own machine"
        OwnUrl "own_url" "the links to images lead to the account API"
        VideoUrlInStatus "video_url_in_status" "the status of a completed video has its downloadUrl"
    }
    "OpenID" {
        WrongIssuer "wrong_issuer" "the metadata, the callback or the id_token name another issuer"
        MissingIssuer "missing_issuer" "the metadata, the callback or the id_token name no issuer"
        WrongNonce "wrong_nonce" "the id_token repeats another nonce"
        WrongAudience "wrong_audience" "the id_token is for another client"
        WrongKey "wrong_key" "the id_token is signed by another key under the name of the published one"
        UnknownKey "unknown_key" "the id_token names a key that is not published"
        UnsignedIdToken "unsigned_id_token" "the id_token has alg none and no signature"
        ExpiredIdToken "expired_id_token" "the id_token expired an hour ago"
        WrongSubject "wrong_subject" "userinfo and introspection name another user"
        MixedKeys "mixed_keys" "the document of the keys begins with keys of other types, of an unknown type and without a name"
    }
}

impl Alteration {
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, ..)| *known == name).map(|(_, alteration, _)| *alteration)
    }

    /// Its name in JSON and on a command line.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, alteration, _)| *alteration == self).map_or("", |(name, ..)| name)
    }
}
