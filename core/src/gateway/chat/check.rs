//! Refuses what could only cost money for nothing, before anything is sent (P8).

use super::message::{ContentPart, Message, Role};
use super::request::{ChatRequest, ReasoningEffort, ResponseFormat, ToolChoice};
use crate::error::{Error, Result};
use crate::gateway::fallback::Fallback;
use std::collections::HashSet;
use std::ops::RangeInclusive;

/// Everything about a request that can be known without its photos and schemas, which are looked at when they are encoded.
pub(super) fn check(request: &ChatRequest) -> Result<()> {
    check_question(&request.messages)?;
    if let Some(call) = check_tool_calls(&request.messages)? {
        return Err(Error::invalid_input("messages", format!("the tool call {call:?} has no result")));
    }
    check_numbers(request)?;
    check_tools(request)?;
    request.fallback.as_ref().map_or(Ok(()), Fallback::check)?;
    if request.stop.iter().any(String::is_empty) {
        return Err(Error::invalid_input("stop", "one of its texts is empty: the model would stop at once"));
    }
    let nameless = |name: &String| name.trim().is_empty();
    if matches!(&request.reasoning_effort, Some(ReasoningEffort::Other { name }) if nameless(name)) {
        return Err(Error::invalid_input("reasoning_effort", "it has no name"));
    }
    if matches!(&request.response_format, Some(ResponseFormat::JsonSchema { name, .. }) if nameless(name)) {
        return Err(Error::invalid_input("response_format", "its schema has no name"));
    }
    Ok(())
}

fn check_question(messages: &[Message]) -> Result<()> {
    let Some(last) = messages.last() else {
        return Err(Error::invalid_input("messages", "there is none; ask something"));
    };
    let says_something = |part: &ContentPart| match part {
        ContentPart::Text { text } => !text.trim().is_empty(),
        ContentPart::Photo { .. } => true,
    };
    if last.role != Role::Assistant && !last.content.iter().any(says_something) {
        return Err(Error::invalid_input("prompt", "it is empty; ask something"));
    }
    Ok(())
}

/// Each tool's message must answer a call of the assistant's message before it, and each call must be answered before
/// anybody else speaks. Gives a call that is still open at the end.
pub(in crate::gateway) fn check_tool_calls(messages: &[Message]) -> Result<Option<&str>> {
    let refuse = |why: String| Err(Error::invalid_input("messages", why));
    let mut open: Vec<&str> = Vec::new();
    for message in messages {
        match (&message.role, &message.tool_call_id) {
            (Role::Tool, Some(id)) => match open.iter().position(|open| open == id) {
                Some(at) => _ = open.remove(at),
                None => return refuse(format!("a tool's message answers {id:?}, which is no open call")),
            },
            (Role::Tool, None) => return refuse("a tool's message names no call".to_owned()),
            (_, Some(_)) => return refuse("a tool_call_id stands in a message that is not a tool's".to_owned()),
            (_, None) if !open.is_empty() => return refuse(format!("the tool call {:?} has no result", open[0])),
            (Role::Assistant, None) => open.extend(message.tool_calls.iter().map(|call| call.id.as_str())),
            (_, None) => {}
        }
        if message.role != Role::Assistant && !message.tool_calls.is_empty() {
            return refuse("tool calls stand in a message that is not the assistant's".to_owned());
        }
    }
    Ok(open.first().copied())
}

fn check_numbers(request: &ChatRequest) -> Result<()> {
    let numbers: [(&str, Option<f64>, RangeInclusive<f64>); 4] = [
        ("temperature", request.temperature, 0.0..=2.0),
        ("top_p", request.top_p, 0.0..=1.0),
        ("presence_penalty", request.presence_penalty, -2.0..=2.0),
        ("frequency_penalty", request.frequency_penalty, -2.0..=2.0),
    ];
    for (input, number, range) in numbers {
        if number.is_some_and(|number| !range.contains(&number)) {
            let detail = format!("it must be between {} and {}", range.start(), range.end());
            return Err(Error::invalid_input(input, detail));
        }
    }
    let counts = [
        ("max_tokens", request.max_tokens),
        ("max_completion_tokens", request.max_completion_tokens),
        ("n", request.n),
    ];
    for (input, count) in counts {
        if count == Some(0) {
            return Err(Error::invalid_input(input, "it is 0: there would be no answer"));
        }
    }
    if request.max_tokens.is_some() && request.max_completion_tokens.is_some() {
        return Err(Error::invalid_input("max_completion_tokens", "max_tokens is given too; they mean the same"));
    }
    if request.top_logprobs.is_some_and(|most| most > 20) {
        return Err(Error::invalid_input("top_logprobs", "it must be between 0 and 20"));
    }
    Ok(())
}

fn check_tools(request: &ChatRequest) -> Result<()> {
    let mut names = HashSet::new();
    for tool in &request.tools {
        if tool.name.trim().is_empty() {
            return Err(Error::invalid_input("tools", "one of them has no name"));
        }
        if !names.insert(tool.name.as_str()) {
            return Err(Error::invalid_input("tools", format!("two of them are called {:?}", tool.name)));
        }
    }
    let absent = || Error::invalid_input("tool_choice", "there are no tools to call");
    match &request.tool_choice {
        Some(ToolChoice::Required) if names.is_empty() => return Err(absent()),
        Some(ToolChoice::Tool { name }) if !names.contains(name.as_str()) => {
            return Err(Error::invalid_input("tool_choice", format!("there is no tool called {name:?}")));
        }
        _ => {}
    }
    if request.parallel_tool_calls.is_some() && names.is_empty() {
        return Err(Error::invalid_input("parallel_tool_calls", "there are no tools to call"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::message::ToolCall;
    use super::super::request::Tool;
    use super::*;

    fn asking(change: impl FnOnce(&mut ChatRequest)) -> ChatRequest {
        let mut request = ChatRequest::user("Hello");
        change(&mut request);
        request
    }

    fn refused(request: &ChatRequest) -> Option<String> {
        match check(request) {
            Ok(()) => None,
            Err(Error::InvalidInput { input, .. }) => Some(input),
            Err(error) => panic!("{error}"),
        }
    }

    fn calling(ids: &[&str]) -> Message {
        let call = |id: &&str| ToolCall { id: (*id).into(), name: "rate".into(), arguments_json: "{}".into() };
        Message { tool_calls: ids.iter().map(call).collect(), ..Message::empty(Role::Assistant) }
    }

    // P8
    #[test]
    fn what_no_model_takes_is_named() {
        let tool = || Tool::new("rate", "", "{}");
        for (input, request) in [
            ("messages", ChatRequest::new(vec![])),
            ("prompt", ChatRequest::user(" \n")),
            ("prompt", ChatRequest::new(vec![Message::user("Hello"), Message::empty(Role::User)])),
            ("temperature", asking(|request| request.temperature = Some(2.1))),
            ("temperature", asking(|request| request.temperature = Some(f64::NAN))),
            ("top_p", asking(|request| request.top_p = Some(-0.1))),
            ("presence_penalty", asking(|request| request.presence_penalty = Some(3.0))),
            ("frequency_penalty", asking(|request| request.frequency_penalty = Some(f64::INFINITY))),
            ("max_tokens", asking(|request| request.max_tokens = Some(0))),
            ("max_completion_tokens", asking(|request| request.max_completion_tokens = Some(0))),
            (
                "max_completion_tokens",
                asking(|request| (request.max_tokens, request.max_completion_tokens) = (Some(1), Some(1))),
            ),
            ("n", asking(|request| request.n = Some(0))),
            ("top_logprobs", asking(|request| request.top_logprobs = Some(21))),
            ("stop", asking(|request| request.stop = vec!["END".into(), String::new()])),
            ("tools", asking(|request| request.tools = vec![Tool::new(" ", "", "{}")])),
            ("tools", asking(|request| request.tools = vec![tool(), tool()])),
            ("tool_choice", asking(|request| request.tool_choice = Some(ToolChoice::Required))),
            (
                "tool_choice",
                asking(|request| {
                    request.tools = vec![tool()];
                    request.tool_choice = Some(ToolChoice::Tool { name: "weather".into() });
                }),
            ),
            ("parallel_tool_calls", asking(|request| request.parallel_tool_calls = Some(true))),
            ("fallback", ChatRequest::user("Hello").fallback(Fallback::Models { models: vec!["m".into(); 5] })),
            ("fallback", ChatRequest::user("Hello").fallback(Fallback::Models { models: vec![" ".into()] })),
            (
                "reasoning_effort",
                asking(|request| request.reasoning_effort = Some(ReasoningEffort::Other { name: String::new() })),
            ),
            (
                "response_format",
                asking(|request| {
                    let (name, schema_json) = (String::new(), "{}".into());
                    request.response_format = Some(ResponseFormat::JsonSchema { name, schema_json, strict: true });
                }),
            ),
        ] {
            assert_eq!(refused(&request).as_deref(), Some(input), "{request:?}");
        }
    }

    #[test]
    fn the_ends_of_every_range_are_taken() {
        for request in [
            asking(|request| (request.temperature, request.top_p) = (Some(0.0), Some(0.0))),
            asking(|request| (request.temperature, request.top_p) = (Some(2.0), Some(1.0))),
            asking(|request| (request.presence_penalty, request.frequency_penalty) = (Some(-2.0), Some(2.0))),
            asking(|request| (request.n, request.top_logprobs) = (Some(1), Some(0))),
            asking(|request| (request.max_tokens, request.top_logprobs) = (Some(1), Some(20))),
            asking(|request| request.tool_choice = Some(ToolChoice::Never)),
            asking(|request| {
                request.tools = vec![Tool::new("rate", "", "{}")];
                request.tool_choice = Some(ToolChoice::Tool { name: "rate".into() });
            }),
        ] {
            assert_eq!(refused(&request), None, "{request:?}");
        }
    }

    // P8
    #[test]
    fn tool_results_must_follow_their_calls() {
        let (user, result) = (|| Message::user("What is it in euros?"), |id: &str| Message::tool(id, "1.08"));
        let misplaced = Message { tool_call_id: Some("a".into()), ..user() };
        let calling_user = Message { tool_calls: calling(&["a"]).tool_calls, ..user() };
        for messages in [
            vec![user(), result("a")],
            vec![user(), calling(&["a"]), result("b")],
            vec![user(), calling(&["a"]), result("a"), result("a")],
            vec![user(), calling(&["a", "b"]), result("a")],
            vec![user(), calling(&["a"])],
            vec![user(), calling(&["a"]), user()],
            vec![user(), calling(&["a"]), result("a"), user(), result("a")],
            vec![user(), calling(&["a"]), Message { tool_call_id: None, ..result("a") }],
            vec![misplaced],
            vec![calling_user],
        ] {
            assert_eq!(refused(&ChatRequest::new(messages.clone())).as_deref(), Some("messages"), "{messages:?}");
        }
        for messages in [
            vec![user(), calling(&["a", "b"]), result("b"), result("a")],
            vec![user(), calling(&["a"]), result("a"), calling(&["a"]), result("a"), user()],
            vec![user(), Message::assistant("About")],
        ] {
            assert_eq!(refused(&ChatRequest::new(messages.clone())), None, "{messages:?}");
        }
    }
}
