//! Decimal marks where the currency has thousandths. From the Unicode CLDR 48.2.0 (Unicode-3.0) by `scripts/cldr`; do not edit.

/// Locales with a decimal comma.
pub(in super::super) const DECIMAL_COMMA: &str = "\
    ar-LY ar-TN fr-TN";

/// Locales with a decimal point.
pub(in super::super) const DECIMAL_POINT: &str = "\
    ar-BH ar-IQ ar-JO ar-KW ar-OM ar-PS az-IQ ku-IQ syr-IQ";
