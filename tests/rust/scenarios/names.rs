//! Texts with a name: `${NAME}` in a step stands for what the sandbox tells of itself, or for what a step before captured.

use crate::expectation::Outcome;
use serde_json::{Map, Value};

pub struct Names(Map<String, Value>);

impl Names {
    /// What the sandbox tells when it starts.
    pub fn told(facts: &Value) -> Self {
        Self(facts.as_object().cloned().unwrap_or_default())
    }

    /// The step with the texts for their names.
    pub fn fill(&self, value: &Value) -> Result<Value, String> {
        Ok(match value {
            Value::String(text) => Value::String(self.fill_text(text)?),
            Value::Array(items) => Value::Array(items.iter().map(|item| self.fill(item)).collect::<Result<_, _>>()?),
            Value::Object(members) => {
                let filled = members.iter().map(|(name, value)| Ok((name.clone(), self.fill(value)?)));
                Value::Object(filled.collect::<Result<_, String>>()?)
            }
            other => other.clone(),
        })
    }

    fn fill_text(&self, text: &str) -> Result<String, String> {
        let (mut filled, mut rest) = (String::new(), text);
        while let Some((before, after)) = rest.split_once("${") {
            let (name, after) = after.split_once('}').ok_or_else(|| format!("{text:?} has no end of a name"))?;
            let told = self.0.get(name).and_then(Value::as_str);
            filled.push_str(before);
            filled.push_str(told.ok_or_else(|| format!("nothing has the name {name:?}"))?);
            rest = after;
        }
        Ok(filled + rest)
    }

    /// Keeps what the step's `capture` names: its members are the new names, each with the member of the result.
    pub fn capture(&mut self, step: &Value, outcome: &Outcome) -> Result<(), String> {
        let (Some(captured), Outcome::Result(result)) = (step["capture"].as_object(), outcome) else { return Ok(()) };
        for (name, member) in captured {
            let text = result.get(member.as_str().unwrap_or_default()).filter(|value| value.is_string());
            let text = text.ok_or_else(|| format!("the result has no text {member} to capture: {result}"))?;
            self.0.insert(name.clone(), text.clone());
        }
        Ok(())
    }
}
