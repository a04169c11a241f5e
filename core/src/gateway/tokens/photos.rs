//! How many tokens a photo counts for, by the rules of the model's family.
//!
//! | family | rule | source |
//! |---|---|---|
//! | GPT-4o, 4.1, 4.5, GPT-5, o1, o3 | shrunk into 2048 × 2048, then to a short side of 768; a base and so many tokens per tile of 512 × 512. 85 and 170 for GPT-4o and 4.1, 70 and 140 for GPT-5, 75 and 150 for o1 and o3, 2833 and 5667 for GPT-4o mini. A model that chooses the detail itself may take the base alone | [OpenAI, calculating costs](https://developers.openai.com/api/docs/guides/images-vision#calculating-costs) |
//! | GPT-4.1 mini and nano, GPT-5 mini and nano, o4-mini | patches of 32 × 32, at most 1536, times 1.62 (mini), 2.46 (nano) or 1.72 (o4-mini) | the same |
//! | Claude | width × height / 750; above 1568 pixels or 1600 tokens it is shrunk, by newer models above 2576 pixels or 4784 tokens | [Anthropic, vision](https://platform.claude.com/docs/en/build-with-claude/vision) |
//! | Gemini 1.5 and 2 | 258 if neither side is above 384, else 258 per tile; a tile is two thirds of the short side, from 256 to 768 pixels | [Google, tokens](https://ai.google.dev/gemini-api/docs/tokens), [image understanding](https://ai.google.dev/gemini-api/docs/image-understanding) |
//! | any other | unknown | |

use super::Span;

/// Width and height in pixels; `None` where the photo is only on the web.
pub(in crate::gateway) type PhotoSize = Option<(u32, u32)>;

/// No photo that is sent has a longer side.
const MAX_EDGE: u32 = 2048;

enum Rule {
    Tiles {
        base: u64,
        tile: u64,
    },
    /// Tokens per patch, in hundredths.
    Patches {
        hundredths: u64,
    },
    Claude,
    Gemini,
}

/// The tokens of a photo for this model; `None` if the model's family is not known.
pub(in crate::gateway) fn of_photo(model: &str, size: PhotoSize) -> Option<Span> {
    let rule = rule(model)?;
    let Some((width, height)) = size else {
        // The largest that any photo counts for: its size is not known before the provider has fetched it.
        let largest = of_size(&rule, MAX_EDGE, MAX_EDGE).max.max(of_size(&rule, MAX_EDGE, 768).max);
        return match rule {
            Rule::Gemini => None, // the tiles of a photo on the web have no bound
            _ => Some(Span { min: 0, max: largest }),
        };
    };
    Some(of_size(&rule, width.max(1), height.max(1)))
}

fn rule(model: &str) -> Option<Rule> {
    let name = model.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    // A name goes on with a date or an alias, never with another word: a newer model has other rules.
    let is = |family: &str| {
        let rest = name.strip_prefix(family);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("-20") || rest == "-latest")
    };
    let tiles = [
        ("gpt-4o-mini", 2833, 5667),
        ("gpt-4o", 85, 170),
        ("gpt-4.1", 85, 170),
        ("gpt-4.5-preview", 85, 170),
        ("gpt-5", 70, 140),
        ("o1", 75, 150),
        ("o3", 75, 150),
    ];
    if let Some((_, base, tile)) = tiles.into_iter().find(|(family, ..)| is(family)) {
        return Some(Rule::Tiles { base, tile });
    }
    let patches =
        [("gpt-4.1-mini", 162), ("gpt-4.1-nano", 246), ("gpt-5-mini", 162), ("gpt-5-nano", 246), ("o4-mini", 172)];
    if let Some((_, hundredths)) = patches.into_iter().find(|(family, _)| is(family)) {
        return Some(Rule::Patches { hundredths });
    }
    if name.starts_with("claude-") {
        return Some(Rule::Claude);
    }
    let is_gemini = ["gemini-1.5-", "gemini-2.0-", "gemini-2.5-"].iter().any(|family| name.starts_with(family));
    (is_gemini && !name.contains("image")).then_some(Rule::Gemini)
}

fn of_size(rule: &Rule, width: u32, height: u32) -> Span {
    match *rule {
        Rule::Tiles { base, tile } => {
            let (width, height) = within(width, height, 2048);
            let short = width.min(height);
            let (width, height) =
                if short > 768 { (scaled(width, 768, short), scaled(height, 768, short)) } else { (width, height) };
            let tiles = u64::from(width.div_ceil(512)) * u64::from(height.div_ceil(512));
            Span { min: base, max: base + tile * tiles }
        }
        Rule::Patches { hundredths } => {
            let patches = u64::from(width.div_ceil(32)) * u64::from(height.div_ceil(32));
            let most = patches.min(1536);
            // A photo that is shrunk to 1536 patches may end with somewhat fewer.
            let fewest = if patches > 1536 { most * 9 / 10 } else { most };
            Span { min: fewest * hundredths / 100, max: (most * hundredths).div_ceil(100) }
        }
        Rule::Claude => {
            let (small, large) = (within(width, height, 1568), within(width, height, 2576));
            let tokens = |(width, height): (u32, u32)| u64::from(width) * u64::from(height) / 750;
            // About: the formula is an approximation of Anthropic's own.
            Span { min: tokens(small).min(1600) * 9 / 10, max: (tokens(large) * 11 / 10 + 10).min(4784) }
        }
        Rule::Gemini => {
            if width <= 384 && height <= 384 {
                return Span { min: 258, max: 258 };
            }
            let unit = (width.min(height) * 2 / 3).clamp(256, 768);
            let by_unit = u64::from(width.div_ceil(unit)) * u64::from(height.div_ceil(unit));
            let by_768 = u64::from(width.div_ceil(768)) * u64::from(height.div_ceil(768));
            // Google gives both rules, and does not say which model follows which. One tile is the least.
            Span { min: 258 * by_unit.min(by_768), max: 258 * by_unit.max(by_768) }
        }
    }
}

/// The size after shrinking to a longest side.
fn within(width: u32, height: u32, edge: u32) -> (u32, u32) {
    let long = width.max(height);
    if long <= edge { (width, height) } else { (scaled(width, edge, long), scaled(height, edge, long)) }
}

fn scaled(side: u32, to: u32, from: u32) -> u32 {
    let scaled = u64::from(side) * u64::from(to) / u64::from(from.max(1));
    u32::try_from(scaled).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    // P20: the examples of the sources
    #[test]
    fn documented_examples_count_as_documented() {
        for (model, size, min, max) in [
            ("gpt-4o", (1024, 1024), 85, 765),
            ("openai/gpt-4o-2024-08-06", (2048, 1536), 85, 765),
            ("gpt-5", (1024, 1024), 70, 630),
            ("gpt-4o-mini", (1024, 1024), 2833, 25_501),
            ("gpt-5-mini", (1024, 1024), 1658, 1659),
            ("gpt-4.1-nano", (1024, 1024), 2519, 2520),
            ("o4-mini", (2048, 2048), 2377, 2642),
            ("claude-sonnet-4-5", (1000, 1000), 1199, 1476),
            ("gemini/gemini-2.5-flash-lite", (384, 200), 258, 258),
            ("gemini-2.5-flash", (960, 540), 258 * 2, 258 * 6),
        ] {
            assert_eq!(of_photo(model, Some(size)), Some(Span { min, max }), "{model} {size:?}");
        }
    }

    // Unknown where unknown: a newer model has rules of its own
    #[test]
    fn other_families_are_unknown() {
        for model in
            ["gpt-5.1", "gpt-4o-audio-preview", "gemini-3-flash", "gemini-2.5-flash-image", "llama-4", "", "o3-mini"]
        {
            assert_eq!(of_photo(model, Some((100, 100))), None, "{model}");
        }
        assert_eq!(of_photo("gemini-2.5-flash", None), None);
        assert!(of_photo("gpt-4o", None).unwrap().max >= of_photo("gpt-4o", Some((2048, 2048))).unwrap().max);
    }
}
