//! What a catalogue says of a model's prices.
//!
//! | form | where | source |
//! |---|---|---|
//! | LiteLLM | `input_cost_per_token`, `output_cost_per_token`, … beside the id or in `model_info`; numbers | [model_prices_and_context_window.json](https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json) |
//! | OpenRouter | `pricing.prompt`, `pricing.completion`, …; strings, US dollars for one token, request or image | [models API](https://openrouter.ai/docs/api-reference/list-available-models) |
//!
//! A zero of LiteLLM's says nothing: it writes 0 where it knows no price (`get_model_info`). A zero of OpenRouter's is a free model's;
//! its -1 means that the price depends on where the request goes. Both are left out, or kept, accordingly.
//!
//! A price that is not in the tables is [`PriceUnit::Other`], unless it is for something that this library's requests never ask for,
//! such as audio that is sent, a batch, or a faster service.

use crate::gateway::members::{self, Members};
use crate::money::{Price, PriceUnit};
use rust_decimal::Decimal;

/// A member, and what its price is for.
type Row = (&'static str, PriceUnit);

const LITELLM: [Row; 11] = [
    ("input_cost_per_token", PriceUnit::InputToken),
    ("cache_read_input_token_cost", PriceUnit::CachedInputToken),
    ("cache_creation_input_token_cost", PriceUnit::CacheWriteToken),
    ("input_cost_per_image_token", PriceUnit::InputImageToken),
    ("output_cost_per_token", PriceUnit::OutputToken),
    ("output_cost_per_reasoning_token", PriceUnit::ReasoningToken),
    ("output_cost_per_image_token", PriceUnit::OutputImageToken),
    ("output_cost_per_image", PriceUnit::OutputImage),
    ("input_cost_per_character", PriceUnit::InputCharacter),
    ("input_cost_per_image", PriceUnit::InputImage),
    ("input_cost_per_request", PriceUnit::Request),
];

const OPENROUTER: [Row; 9] = [
    ("prompt", PriceUnit::InputToken),
    ("input_cache_read", PriceUnit::CachedInputToken),
    ("input_cache_write", PriceUnit::CacheWriteToken),
    ("image_token", PriceUnit::InputImageToken),
    ("completion", PriceUnit::OutputToken),
    ("internal_reasoning", PriceUnit::ReasoningToken),
    ("image_output", PriceUnit::OutputImageToken),
    ("request", PriceUnit::Request),
    ("image", PriceUnit::InputImage),
];

/// Beginnings and ends of LiteLLM's names for what no request of this library's asks for.
const UNASKED_BEGINNINGS: [&str; 6] =
    ["input_cost_per_audio", "input_cost_per_video", "input_dbu_", "output_dbu_", "google_maps_", "code_interpreter_"];
const UNASKED_ENDS: [&str; 8] =
    ["_batches", "_priority", "_flex", "_ultrafast", "_balanced", "_decisions", "_cache_hit", "_above_1hr"];
/// The same of OpenRouter's; a discount makes nothing dearer.
const UNASKED_BY_OPENROUTER: [&str; 3] = ["audio", "input_audio_cache", "discount"];
/// What a search of the web costs. Only models that always search are billed for it unasked.
const SEARCHES: [&str; 2] = ["search_context_cost_per_query", "web_search"];
const SEARCHING_MODELS: [&str; 4] = ["search", "sonar", "deep-research", ":online"];

/// The prices of the model that the object `json` describes, and the longest answer that it gives.
pub(in crate::gateway) fn read(json: &[u8]) -> (Vec<Price>, Option<u64>) {
    let mut names = vec!["id", "model_info", "pricing", "top_provider", "max_output_tokens", "max_completion_tokens"];
    names.extend(LITELLM.map(|(name, _)| name));
    let Some(outside) = Members::read(json, &names) else { return (Vec::new(), None) };
    let id = outside.text("id").unwrap_or_default().to_ascii_lowercase();
    let always_searches = SEARCHING_MODELS.iter().any(|word| id.contains(word));
    let info = outside.object("model_info", &names);
    let of_litellm = || {
        let places = [(Some(&outside), Some(json)), (info.as_ref(), outside.raw("model_info"))];
        let read = |(members, json): (Option<&Members<'_>>, Option<&[u8]>)| litellm(members?, json?, always_searches);
        places.into_iter().find_map(read)
    };
    let of_openrouter = || {
        let json = outside.raw("pricing")?;
        openrouter(&Members::read(json, &OPENROUTER.map(|(name, _)| name))?, json, always_searches)
    };
    let mut prices = of_litellm().or_else(of_openrouter).unwrap_or_default();
    prices.shrink_to_fit();
    let provider = outside.object("top_provider", &["max_completion_tokens"]);
    let longest = |members: &Members<'_>| members.count("max_output_tokens").or(members.count("max_completion_tokens"));
    let stated = [Some(&outside), info.as_ref(), provider.as_ref()].into_iter().flatten().find_map(longest);
    (prices, stated.filter(|tokens| *tokens > 0))
}

/// `None` if there is no price.
fn litellm(members: &Members<'_>, json: &[u8], always_searches: bool) -> Option<Vec<Price>> {
    let (mut step, mut has_other) = (None::<u64>, false);
    members::each(json, |name, value| {
        if !name.contains("cost") && !name.ends_with("_pricing") || is_nothing(value) {
            return;
        }
        let beginning = name.rsplit_once("_above_").and_then(|(_, end)| end.strip_suffix("k_tokens"));
        if let Some(thousands) = beginning.and_then(|digits| digits.parse::<u64>().ok()) {
            let tokens = thousands.saturating_mul(1000);
            step = Some(step.map_or(tokens, |lower| lower.min(tokens)));
        } else if SEARCHES.contains(&name) {
            has_other |= always_searches;
        } else {
            let is_unasked = UNASKED_BEGINNINGS.iter().any(|beginning| name.starts_with(beginning))
                || UNASKED_ENDS.iter().any(|end| name.ends_with(end))
                || name.contains("_above_12hr")
                || name.starts_with("cache_read_input_");
            has_other |= !is_unasked && is_price(name) && !LITELLM.iter().any(|(known, _)| *known == name);
        }
    })?;
    let mut prices = Vec::new();
    for (name, unit) in LITELLM {
        let Some(json) = members.raw(name) else { continue };
        match members.decimal(name).filter(|usd| !usd.is_sign_negative()) {
            Some(usd) if usd.is_zero() => {}
            Some(usd) => {
                let max_input_tokens = step.filter(|_| is_of_tokens(unit));
                prices.push(Price { unit, usd, max_input_tokens });
            }
            // A price that cannot be read is not free.
            None => has_other |= !is_nothing(json),
        }
    }
    if prices.is_empty() {
        return None;
    }
    prices.extend(has_other.then(other));
    Some(prices)
}

fn openrouter(members: &Members<'_>, json: &[u8], always_searches: bool) -> Option<Vec<Price>> {
    let known = |name: &str| members.decimal(name).filter(|usd| !usd.is_sign_negative());
    // A price that depends on the way of the request makes the others say little.
    let tokens = (known("prompt"), known("completion"));
    let (Some(_), Some(_)) = tokens else { return None };
    // Not listed is free; listed and not known is not.
    if OPENROUTER.iter().any(|(name, _)| members.raw(name).is_some() && known(name).is_none()) {
        return None;
    }
    let mut has_other = false;
    members::each(json, |name, value| {
        let is_known = OPENROUTER.iter().any(|(known, _)| *known == name) || UNASKED_BY_OPENROUTER.contains(&name);
        let is_unasked = SEARCHES.contains(&name) && !always_searches;
        has_other |= !is_known && !is_unasked && !is_nothing(value);
    })?;
    let mut prices: Vec<Price> =
        OPENROUTER.iter().filter_map(|(name, unit)| Some(Price::new(*unit, known(name)?))).collect();
    prices.extend(has_other.then(other));
    Some(prices)
}

/// Whether a member of LiteLLM's is a price, as opposed to a word about prices.
fn is_price(name: &str) -> bool {
    name.contains("cost_per_") || name.ends_with("_cost") || name.ends_with("_pricing")
}

fn is_of_tokens(unit: PriceUnit) -> bool {
    !matches!(
        unit,
        PriceUnit::Request
            | PriceUnit::InputImage
            | PriceUnit::OutputImage
            | PriceUnit::InputCharacter
            | PriceUnit::Other
    )
}

/// A zero, or nothing at all.
fn is_nothing(json: &[u8]) -> bool {
    let text = std::str::from_utf8(json).unwrap_or_default().trim_matches('"').trim();
    matches!(text, "" | "null" | "false" | "[]" | "{}")
        || crate::gateway::lenient::parse_decimal(text).is_some_and(|usd| usd.is_zero())
}

/// There is a price that no estimate counts. How much it is says little.
fn other() -> Price {
    Price::new(PriceUnit::Other, Decimal::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Shown = (PriceUnit, String, Option<u64>);

    fn shown(json: &str) -> (Vec<Shown>, Option<u64>) {
        let (prices, longest) = read(json.as_bytes());
        let shown = |price: Price| (price.unit, price.usd.normalize().to_string(), price.max_input_tokens);
        (prices.into_iter().map(shown).collect(), longest)
    }

    // P7: digits as they stand, also in scientific notation, as a number or a string
    #[test]
    fn prices_are_read_exactly_in_either_form() {
        let tokens = |input: &str, output: &str| {
            vec![(PriceUnit::InputToken, input.to_owned(), None), (PriceUnit::OutputToken, output.to_owned(), None)]
        };
        for (json, expected, longest) in [
            (r#"{"input_cost_per_token":2.5e-07,"output_cost_per_token":2e-06}"#, ("0.00000025", "0.000002"), None),
            (
                r#"{"model_info":{"input_cost_per_token":"2.5e-07","output_cost_per_token":0.000002,"max_output_tokens":"8192"}}"#,
                ("0.00000025", "0.000002"),
                Some(8192),
            ),
            (
                r#"{"pricing":{"prompt":"0.00000025","completion":"0.000002"},"top_provider":{"max_completion_tokens":128000}}"#,
                ("0.00000025", "0.000002"),
                Some(128_000),
            ),
            (r#"{"pricing":{"prompt":"0","completion":"0"},"top_provider":null}"#, ("0", "0"), None),
        ] {
            assert_eq!(shown(json), (tokens(expected.0, expected.1), longest), "{json}");
        }
    }

    // P12: unknown is not zero
    #[test]
    fn what_says_no_price_has_none() {
        for json in [
            "{}",
            "7",
            r#"{"input_cost_per_token":0,"output_cost_per_token":0.0}"#,
            r#"{"input_cost_per_token":null,"output_cost_per_token":"free"}"#,
            r#"{"pricing":{"prompt":"-1","completion":"-1","request":"0"}}"#,
            r#"{"pricing":{"prompt":"0.1"}}"#,
            r#"{"pricing":[1,2],"model_info":7}"#,
        ] {
            assert_eq!(shown(json), (Vec::new(), None), "{json}");
        }
    }

    // A long request costs more: the price holds up to there, and is unknown above
    #[test]
    fn prices_that_rise_with_the_length_say_so() {
        for (step, above) in [
            (r#""input_cost_per_token_above_200k_tokens":2.5e-06"#, Some(200_000)),
            (r#""output_cost_per_token_above_32k_tokens":"2.5e-06""#, Some(32_000)),
            (r#""a_cost_above_512k_tokens":1,"cache_read_input_token_cost_above_100k_tokens":1"#, Some(100_000)),
            (
                r#""input_cost_per_token_above_128k_tokens":null,"input_cost_per_token_above_200k_tokens_batches":1"#,
                None,
            ),
        ] {
            let json = format!(r#"{{"input_cost_per_token":1.25e-06,{step},"output_cost_per_token":1e-05}}"#);
            let (prices, _) = read(json.as_bytes());
            assert_eq!(prices.iter().map(|price| price.max_input_tokens).collect::<Vec<_>>(), [above; 2], "{json}");
            assert_eq!(prices[0].usd, Decimal::new(125, 8));
        }
    }

    // A price that no estimate counts is told, and one that no request asks for is not
    #[test]
    fn a_price_beyond_the_table_is_another() {
        let units = |id: &str, price: &str| {
            let litellm =
                format!(r#"{{"id":"{id}","input_cost_per_token":1e-6,"output_cost_per_token":1e-6,{price}}}"#);
            let openrouter = format!(r#"{{"id":"{id}","pricing":{{"prompt":"1","completion":"1",{price}}}}}"#);
            [litellm, openrouter]
                .map(|json| read(json.as_bytes()).0.iter().skip(2).map(|price| price.unit).collect::<Vec<_>>())
        };
        let other = vec![PriceUnit::Other];
        let none = Vec::new();
        for (id, price, litellm, openrouter) in [
            ("m", r#""output_cost_per_second":0.01"#, &other, &other),
            ("m", r#""output_cost_per_reasoning_token":"dear""#, &other, &other),
            ("m", r#""input_cost_per_image":-1"#, &other, &other),
            ("m", r#""tiered_pricing":[{"range":[0,128000],"input_cost_per_token":1}]"#, &other, &other),
            ("m", r#""input_cost_per_token_batches":1"#, &none, &other),
            ("m", r#""output_cost_per_second":0"#, &none, &none),
            ("m", r#""output_cost_per_second":"0.0""#, &none, &none),
            ("m", r#""search_context_cost_per_query":{"search_context_size_low":0.03}"#, &none, &none),
            (
                "gpt-4o-search-preview",
                r#""search_context_cost_per_query":{"search_context_size_low":0.03}"#,
                &other,
                &other,
            ),
            ("m", r#""web_search":"0.01""#, &none, &none),
            ("m:online", r#""web_search":"0.01""#, &none, &other),
            ("m", r#""audio":"0.01""#, &none, &none),
            ("m", r#""supports_cost_tracking":true"#, &none, &other),
        ] {
            assert_eq!(units(id, price), [litellm.clone(), openrouter.clone()], "{id} {price}");
        }
        let dear = [r#""internal_reasoning":"-1""#, r#""input_cache_write":"?""#, r#""image_output":{}"#];
        assert_eq!(dear.map(|price| units("m", price)[1].len()), [0; 3]);
        for price in dear {
            let json = format!(r#"{{"id":"m","pricing":{{"prompt":"1","completion":"1",{price}}}}}"#);
            assert_eq!(read(json.as_bytes()), (Vec::new(), None), "{price}");
        }
    }
}
