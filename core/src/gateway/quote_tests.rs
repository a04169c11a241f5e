//! Estimates against prices and requests of every shape.

use super::*;
use crate::gateway::usage::TokenUsage;

fn list(prices: &[(PriceUnit, &str)]) -> PriceList {
    let prices = prices.iter().map(|(unit, usd)| Price::new(*unit, usd.parse().unwrap())).collect();
    PriceList { prices, max_output_tokens: None, basis: PriceBasis::AppPrices }
}

fn shown(quote: &Quote) -> [Option<String>; 2] {
    [quote.estimate.low, quote.estimate.high].map(|cost| cost.map(|cost| cost.to_string()))
}

fn chat(list: PriceList, input: Option<Span>, output: TokenRange, photos: u64) -> [Option<String>; 2] {
    shown(&list.for_chat("m".into(), input, output, photos))
}

const INPUT: Option<Span> = Some(Span { min: 100, max: 200 });
const OUTPUT: TokenRange = TokenRange { min: 1, max: Some(1000) };

fn known(text: &str) -> Option<String> {
    Some(text.to_owned())
}

// P7, P12, P20
#[test]
fn tokens_cost_their_price_and_what_has_none_is_unknown() {
    use PriceUnit::{CachedInputToken, InputImage, InputToken, OutputToken, Request};
    let tokens = [(InputToken, "0.0000025"), (OutputToken, "0.00001")];
    assert_eq!(chat(list(&tokens), INPUT, OUTPUT, 0), [known("0.00026"), known("0.0105")]);
    let open = TokenRange { min: 1, max: None };
    assert_eq!(chat(list(&tokens), INPUT, open, 0), [known("0.00026"), None]);
    assert_eq!(chat(list(&tokens), None, OUTPUT, 0), [None, None]);
    assert_eq!(chat(list(&tokens[..1]), INPUT, OUTPUT, 0), [None, None]);
    assert_eq!(chat(list(&tokens[1..]), INPUT, OUTPUT, 0), [None, None]);
    let embeddings = list(&tokens[..1]).for_embeddings("m".into(), INPUT.unwrap(), 0);
    assert_eq!(shown(&embeddings), [known("0.00025"), known("0.0005")]);
    let more = [tokens[0], tokens[1], (CachedInputToken, "0.000001"), (Request, "0.01"), (InputImage, "0.002")];
    assert_eq!(chat(list(&more), INPUT, OUTPUT, 3), [known("0.01011"), known("0.0265")]);
    assert_eq!(chat(list(&[(InputToken, "0"), (OutputToken, "0")]), INPUT, OUTPUT, 0), [known("0"), known("0")]);
    assert_eq!(chat(list(&[]), INPUT, OUTPUT, 0), [None, None]);
}

#[test]
fn a_price_that_holds_up_to_a_length_is_unknown_above_it() {
    for longest in [199, 200] {
        let mut list = list(&[(PriceUnit::InputToken, "1"), (PriceUnit::OutputToken, "1")]);
        list.prices[0].max_input_tokens = Some(longest);
        let quote = list.for_chat("m".into(), INPUT, OUTPUT, 0);
        assert_eq!(quote.estimate.high.is_some(), longest == 200);
        let rates = quote.ceiling().rates.unwrap();
        assert_eq!([longest, longest + 1].map(|tokens| rates.cost(&usage(tokens, 1)).is_some()), [true, false]);
    }
}

#[test]
fn figures_beyond_all_measure_are_unknown() {
    let all = Span { min: u64::MAX, max: u64::MAX };
    let list = list(&[(PriceUnit::InputToken, "70000000000000000000000000000")]);
    assert_eq!(shown(&list.for_embeddings("m".into(), all, 0)), [None, None]);
}

// P12: a cost is computed only of tokens that are told, at prices that are known
#[test]
fn told_tokens_cost_their_price_and_what_is_not_told_is_not_computed() {
    use PriceUnit::{InputImage, InputToken, OutputToken, ReasoningToken, Request};
    let prices = [(InputToken, "0.001"), (OutputToken, "0.01"), (Request, "0.5"), (InputImage, "0.1")];
    let quote = || list(&prices).for_chat("m".into(), INPUT, OUTPUT, 2);
    let rates = quote().ceiling().rates.unwrap();
    for (usage, cost) in [
        (usage(10, 5), Some("0.76")),
        (usage(0, 5), None),
        (usage(10, 0), None),
        (TokenUsage { total_tokens: 16, ..usage(10, 5) }, None),
        (TokenUsage { total_tokens: 0, ..usage(10, 5) }, Some("0.76")),
        (usage(u64::MAX, 1), Some("18446744073709552.325")),
    ] {
        assert_eq!(rates.cost(&usage), cost.map(|cost| cost.parse().unwrap()), "{usage:?}");
    }
    let mut dear = prices.to_vec();
    dear.push((ReasoningToken, "1"));
    let rates = list(&dear).for_chat("m".into(), INPUT, OUTPUT, 0).ceiling().rates.unwrap();
    assert_eq!(rates.cost(&usage(10, 5)), Some("5.51".parse().unwrap()), "which of them are reasoning is not certain");
    assert_eq!(quote().without_bound().ceiling().rates, None);
    dear.push((PriceUnit::Other, "0"));
    assert_eq!(list(&dear).for_chat("m".into(), INPUT, OUTPUT, 0).ceiling().rates, None);
    assert_eq!(list(&prices[..1]).for_chat("m".into(), INPUT, OUTPUT, 0).ceiling().rates, None);
    let embeddings = list(&prices[..1]).for_embeddings("m".into(), INPUT.unwrap(), 0).ceiling().rates.unwrap();
    assert_eq!(embeddings.cost(&usage(10, 0)), Some("0.01".parse().unwrap()));
}

fn usage(prompt_tokens: u64, completion_tokens: u64) -> TokenUsage {
    let total_tokens = prompt_tokens.saturating_add(completion_tokens);
    TokenUsage { prompt_tokens, completion_tokens, total_tokens, ..USAGE }
}

const USAGE: TokenUsage =
    TokenUsage { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0, cached_tokens: None, reasoning_tokens: None };

/// Bills that are made apart from the estimates: a gateway multiplies what a call has used, part by part.
mod bills {
    use super::*;
    use crate::gateway::models::read_prices;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// A price in millionths of a dollar by its name in LiteLLM's catalogue.
    type Prices = BTreeMap<&'static str, u32>;

    const NAMES: [(&str, Option<&str>); 11] = [
        ("input_cost_per_token", Some("prompt")),
        ("cache_read_input_token_cost", Some("input_cache_read")),
        ("cache_creation_input_token_cost", Some("input_cache_write")),
        ("input_cost_per_image_token", Some("image_token")),
        ("output_cost_per_token", Some("completion")),
        ("output_cost_per_reasoning_token", Some("internal_reasoning")),
        ("output_cost_per_image_token", Some("image_output")),
        ("output_cost_per_image", None),
        ("input_cost_per_character", None),
        ("input_cost_per_image", Some("image")),
        ("input_cost_per_request", Some("request")),
    ];

    /// What a call really used.
    #[derive(Debug, Clone, Default)]
    struct Call {
        plain: u64,
        cached: u64,
        written: u64,
        of_photos: u64,
        text: u64,
        reasoning: u64,
        of_images: u64,
        photos: u64,
        images: u64,
        characters: u64,
    }

    fn bill(prices: &Prices, call: &Call) -> Decimal {
        let price = |name: &str| prices.get(name).map(|millionths| Decimal::new((*millionths).into(), 6));
        let either = |name: &str, usual: &str| price(name).or(price(usual)).unwrap_or_default();
        let (input, output) = ("input_cost_per_token", "output_cost_per_token");
        let parts = [
            (call.plain, price(input).unwrap_or_default()),
            (call.cached, either("cache_read_input_token_cost", input)),
            (call.written, either("cache_creation_input_token_cost", input)),
            (call.of_photos, either("input_cost_per_image_token", input)),
            (call.text, price(output).unwrap_or_default()),
            (call.reasoning, either("output_cost_per_reasoning_token", output)),
            (call.of_images, either("output_cost_per_image_token", output)),
            (call.photos, price("input_cost_per_image").unwrap_or_default()),
            (call.images, price("output_cost_per_image").unwrap_or_default()),
            (call.characters, price("input_cost_per_character").unwrap_or_default()),
            (1, price("input_cost_per_request").unwrap_or_default()),
        ];
        parts.into_iter().map(|(count, usd)| usd * Decimal::from(count)).sum()
    }

    fn listed(prices: &Prices, in_openrouter: bool, max_output_tokens: Option<u64>) -> PriceList {
        let members = |name: fn(&(&'static str, Option<&'static str>)) -> Option<&'static str>, quote: &str| {
            let rows = NAMES
                .iter()
                .filter_map(|row| Some(format!("\"{}\":{quote}{}e-06{quote}", name(row)?, prices.get(row.0)?)));
            rows.collect::<Vec<_>>().join(",")
        };
        let json = if in_openrouter {
            format!(r#"{{"pricing":{{{}}}}}"#, members(|row| row.1, "\""))
        } else {
            format!("{{{}}}", members(|row| Some(row.0), ""))
        };
        PriceList { prices: read_prices(json.as_bytes()).0, max_output_tokens, basis: PriceBasis::Catalogue }
    }

    fn prices() -> impl Strategy<Value = Prices> {
        let each = proptest::collection::vec(proptest::option::weighted(0.6, 1_u32..200), NAMES.len());
        each.prop_map(|each| NAMES.iter().zip(each).filter_map(|(row, price)| Some((row.0, price?))).collect())
    }

    /// So many parts whose sum is between the bounds.
    fn split<const PARTS: usize>(min: u64, max: u64) -> impl Strategy<Value = [u64; PARTS]> {
        (min..=max, proptest::array::uniform(0_u64..=1000)).prop_map(|(whole, weights): (u64, [u64; PARTS])| {
            let total = weights.iter().sum::<u64>().max(1);
            let mut parts = weights.map(|weight| whole * weight / total);
            parts[0] += whole - parts.iter().sum::<u64>();
            parts
        })
    }

    proptest! {
        // P20: whatever is priced and however the tokens fall, no bill of a call within its counts passes `high`
        #[test]
        fn no_bill_of_a_chat_is_outside_its_estimate(
            prices in prices(),
            in_openrouter in any::<bool>(),
            [plain, cached, written, of_photos] in split::<4>(100, 200),
            [text, reasoning, of_images] in split::<3>(1, 1000),
            photos in 0_u64..4,
        ) {
            let call = Call { plain, cached, written, of_photos, text, reasoning, of_images, photos, ..Call::default() };
            let prices = if in_openrouter {
                prices.into_iter().filter(|(name, _)| NAMES.iter().any(|row| row.0 == *name && row.1.is_some())).collect()
            } else {
                prices
            };
            let quote = listed(&prices, in_openrouter, None).for_chat("m".into(), INPUT, OUTPUT, photos);
            let has = |name: &str| prices.contains_key(name);
            let is_known = has("input_cost_per_token") && has("output_cost_per_token");
            let is_bounded = is_known && !has("output_cost_per_image") && !has("input_cost_per_character");
            prop_assert_eq!((quote.estimate.low.is_some(), quote.estimate.high.is_some()), (is_known, is_bounded));
            let cost = bill(&prices, &call);
            if let (Some(low), Some(high)) = (quote.estimate.low, quote.estimate.high) {
                prop_assert!(low <= cost && cost <= high, "{} {} {}", low, cost, high);
                // What is computed of the told tokens is no less than the bill, and no more than the reservation.
                let told = usage(plain + cached + written + of_photos, text + reasoning + of_images);
                let computed = quote.ceiling().rates.unwrap().cost(&told).unwrap();
                prop_assert!(cost <= computed && computed <= high, "{} {} {}", cost, computed, high);
            }
        }

        // P20
        #[test]
        fn no_bill_of_images_speech_or_embeddings_is_outside_its_estimate(
            prices in prices(),
            max_output_tokens in proptest::option::of(1_u64..1000),
            [plain, cached, written] in split::<3>(100, 200),
            answered in 0_u64..=1000,
            images in 1_u64..5,
            (spoken, instructions, read) in (1_u64..500, 0_u64..500, 0_u64..=1),
        ) {
            let prompt = INPUT.unwrap();
            let list = || listed(&prices, false, max_output_tokens);
            let has = |name: &str| prices.contains_key(name);
            let input = Call { plain, cached, written, ..Call::default() };
            let is_of_tokens =
                ["output_cost_per_token", "output_cost_per_reasoning_token", "output_cost_per_image_token"].iter().any(|name| has(name));
            let answer_is_bounded = !is_of_tokens || max_output_tokens.is_some();
            let answered = max_output_tokens.map_or(0, |most| answered.min(most));

            let made = list().for_images("m".into(), images, prompt).estimate;
            let is_bounded = has("output_cost_per_image") && !has("input_cost_per_character") && answer_is_bounded;
            prop_assert_eq!(made.high.is_some(), is_bounded);
            let call = Call { images, photos: images, of_images: answered * images, ..input.clone() };
            let cost = bill(&prices, &call);
            prop_assert!(made.high.is_none_or(|high| made.low.unwrap() <= cost && cost <= high), "{:?} {}", made, cost);

            let characters = TokenRange { min: spoken, max: Some(spoken + instructions) };
            let speech = list().for_speech("m".into(), characters, prompt).estimate;
            let is_bounded = has("input_cost_per_character") && !has("output_cost_per_image") && answer_is_bounded;
            prop_assert_eq!(speech.high.is_some(), is_bounded);
            let call = Call { characters: spoken + instructions * read, text: answered, ..input.clone() };
            let cost = bill(&prices, &call);
            prop_assert!(speech.high.is_none_or(|high| speech.low.unwrap() <= cost && cost <= high), "{:?} {}", speech, cost);

            let vectors = list().for_embeddings("m".into(), prompt, spoken).estimate;
            prop_assert_eq!(vectors.high.is_some(), has("input_cost_per_token"));
            let cost = bill(&prices, &Call { characters: spoken, ..input });
            prop_assert!(vectors.high.is_none_or(|high| vectors.low.unwrap() <= cost && cost <= high), "{:?} {}", vectors, cost);
        }
    }
}
