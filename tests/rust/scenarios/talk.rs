//! The steps that talk to a chat model.

use crate::steps::{figure, reason};
use aipass::{
    AiPass, CallOptions, ChatAnswer, ChatEvent, ChatRequest, ContentPart, Conversation, ConversationBudget, Fallback,
    ImageQuestion, JsonExtraction, Message, Photo, Receipt, ReceiptDetail, ReceiptScan, ReceiptVerdict, RefusedModel,
    ResponseFormat, Role, Tool, ToolChoice, judge_receipt,
};
use serde_json::{Value, json};
use std::path::Path;

pub struct Talk<'a> {
    pub ai: &'a AiPass,
    pub root: &'a Path,
    pub step: &'a Value,
}

impl Talk<'_> {
    /// Takes the step; `None` if it is none of these.
    pub async fn take(&self, name: &str) -> Option<aipass::Result<Value>> {
        Some(match name {
            "chat" => self.limited().chat(self.request()).await.map(|answer| answer_facts(&answer)),
            "estimate" => self.ai.estimate(self.request().into()).await.map(
                |estimate| json!({"model": estimate.model, "low": figure(estimate.low), "high": figure(estimate.high)}),
            ),
            "chat_stream" => self.chat_stream().await,
            "conversation" => self.conversation().await,
            "describe_image" => {
                let question = ImageQuestion::about(self.photos(), self.text("prompt"));
                self.ai.describe_image(question).await.map(|answer| answer_facts(&answer))
            }
            "extract_json" => {
                let extraction = JsonExtraction::new(self.photos(), self.step["schema"].to_string());
                let extracted = self.ai.extract_json(extraction).await;
                extracted.map(|extracted| json!({"json": json_value(&extracted.json)}))
            }
            "scan_receipt" => self.scan_receipt().await,
            "scan_receipts" => self.scan_receipts().await,
            _ => return None,
        })
    }

    async fn chat_stream(&self) -> aipass::Result<Value> {
        let stream = self.limited().chat_stream(self.request()).await?;
        let mut pieces = 0;
        let mut said = String::new();
        while let Some(event) = stream.next().await? {
            if let ChatEvent::Text { text, choice: 0 } = event {
                said.push_str(&text);
                pieces += 1;
                if self.step["cancel_after"] == pieces {
                    stream.cancel();
                }
            }
        }
        if self.step["cancel_after"].is_u64() {
            return Ok(json!({"text": said}));
        }
        let answer = stream.answer().await?;
        assert_eq!(answer.text, said);
        Ok(answer_facts(&answer))
    }

    /// The client, with the limit of the step's `max_cost`.
    fn limited(&self) -> AiPass {
        let max_cost = self.optional("max_cost").map(|cost| cost.parse().expect("a step's max_cost is a decimal"));
        self.ai.with(CallOptions { max_cost, ..CallOptions::default() })
    }

    async fn conversation(&self) -> aipass::Result<Value> {
        let budget = ConversationBudget { max_messages: self.number("max_messages"), ..ConversationBudget::default() };
        let start = ChatRequest::new(vec![Message::system("You answer briefly.")]);
        let conversation = Conversation::new(start.clone(), budget)?;
        let mut texts = Vec::new();
        for prompt in self.step["prompts"].as_array().into_iter().flatten() {
            let message = Message::user(prompt.as_str().unwrap_or_default());
            texts.push(conversation.ask(self.ai, vec![message]).await?.text);
        }
        // As after the app was started again.
        let resumed = Conversation::resume(start, budget, conversation.save()?)?;
        Ok(json!({"texts": texts, "messages": resumed.messages().len()}))
    }

    fn receipt_scan(&self) -> ReceiptScan {
        let mut scan = ReceiptScan::pages(self.photos());
        scan.locale = self.optional("locale");
        scan.expected_currency = self.optional("expected_currency");
        scan.detail = self.optional("detail").map(|detail| match detail.as_str() {
            "summary" => ReceiptDetail::Summary,
            _ => ReceiptDetail::Full,
        });
        scan
    }

    async fn scan_receipt(&self) -> aipass::Result<Value> {
        let mut receipt = self.ai.scan_receipt(self.receipt_scan()).await?;
        if let Some(amount) = self.optional("corrected_amount") {
            receipt.amount = Some(amount.parse().expect("a step's corrected_amount is a decimal"));
            receipt = judge_receipt(receipt, self.optional("locale"));
        }
        Ok(receipt_facts(&receipt))
    }

    async fn scan_receipts(&self) -> aipass::Result<Value> {
        let receipts = self.ai.scan_receipts(self.receipt_scan()).await?;
        Ok(json!({"receipts": receipts.iter().map(receipt_facts).collect::<Vec<_>>()}))
    }

    pub fn request(&self) -> ChatRequest {
        let tools = self.step["tools"].as_array().into_iter().flatten().map(|tool| {
            let text = |name: &str| tool[name].as_str().unwrap_or_default();
            Tool::new(text("name"), text("description"), tool["parameters"].to_string())
        });
        let mut content = vec![ContentPart::text(self.text("prompt"))];
        content.extend(self.photos().into_iter().map(|photo| ContentPart::Photo { photo }));
        let message = Message { content, ..Message::empty(Role::User) };
        let mut request = ChatRequest::new(vec![message]);
        request.tools = tools.collect();
        request.tool_choice = self.optional("tool_choice").map(|choice| match choice.as_str() {
            "auto" => ToolChoice::Auto,
            "never" => ToolChoice::Never,
            "required" => ToolChoice::Required,
            _ => ToolChoice::Tool { name: choice },
        });
        request.model = self.optional("model");
        request.fallback = match &self.step["fallback"] {
            Value::String(_) => Some(Fallback::AnySuitable),
            Value::Array(ids) => {
                let models = ids.iter().filter_map(|id| id.as_str().map(str::to_owned)).collect();
                Some(Fallback::Models { models })
            }
            _ => None,
        };
        request.n = self.number("n");
        request.top_logprobs = self.number("top_logprobs");
        request.max_tokens = self.number("max_tokens");
        request.seed = self.step["seed"].as_i64();
        request.response_format = self.step.get("schema").map(|schema| ResponseFormat::JsonSchema {
            name: "answer".to_owned(),
            schema_json: schema.to_string(),
            strict: false,
        });
        request
    }

    /// Of a step with `photo` or `photos`.
    fn photos(&self) -> Vec<Photo> {
        let one = self.step["photo"].as_str();
        let several = self.step["photos"].as_array().into_iter().flatten().filter_map(Value::as_str);
        one.into_iter().chain(several).map(|path| Photo::File(self.root.join(path))).collect()
    }

    fn text(&self, name: &str) -> String {
        self.optional(name).unwrap_or_default()
    }

    fn optional(&self, name: &str) -> Option<String> {
        self.step[name].as_str().map(str::to_owned)
    }

    fn number(&self, name: &str) -> Option<u32> {
        self.step[name].as_u64().and_then(|number| number.try_into().ok())
    }
}

fn receipt_facts(receipt: &Receipt) -> Value {
    let items = receipt.items.iter().map(|item| {
        json!({"description": item.description, "quantity": figure(item.quantity), "unit_price": figure(item.unit_price),
            "total": figure(item.total), "verdict": verdict(&item.verdict)})
    });
    let off_by = match receipt.verdict {
        ReceiptVerdict::Off { by, .. } => Some(by),
        _ => None,
    };
    json!({
        "merchant": receipt.merchant,
        "date": receipt.date.map(|date| date.to_string()),
        "amount": figure(receipt.amount),
        "currency": receipt.currency,
        "time": receipt.time,
        "subtotal": figure(receipt.subtotal),
        "items": items.collect::<Vec<_>>(),
        "taxes": receipt.taxes.iter().map(|tax| figure(tax.amount)).collect::<Vec<_>>(),
        "paid": receipt.payments.iter().map(|payment| payment.last_four.as_deref()).collect::<Vec<_>>(),
        "verdict": verdict(&receipt.verdict),
        "off_by": figure(off_by),
        "fingerprint": receipt.fingerprint,
    })
}

fn verdict(verdict: &ReceiptVerdict) -> &'static str {
    match verdict {
        ReceiptVerdict::Agrees => "agrees",
        ReceiptVerdict::Off { .. } => "off",
        _ => "cannot_tell",
    }
}

pub fn answer_facts(answer: &ChatAnswer) -> Value {
    let calls = answer.tool_calls.iter();
    let calls = calls.map(|call| json!({"name": call.name, "arguments": json_value(&call.arguments_json)}));
    json!({
        "text": answer.text,
        "finish_reason": reason(&answer.finish_reason),
        "tool_calls": calls.collect::<Vec<_>>(),
        "choices": answer.other_choices.len() + 1,
        "logprobs": answer.logprobs.len(),
        "total_tokens": answer.usage.map(|usage| usage.total_tokens),
        "model": answer.model,
        "refused_models": answer.refused_models.iter().map(refused_facts).collect::<Vec<_>>(),
        "cost": figure(answer.cost),
    })
}

fn refused_facts(refused: &RefusedModel) -> Value {
    json!({"model": refused.model, "error_code": refused.error_code, "parameter": refused.parameter})
}

fn json_value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}
