//! Characters of other scripts in their plain form.

/// The zeros of the decimal digits of scripts in use on receipts (Unicode general category Nd); nine more follow each.
const ZEROS: [char; 20] =
    ['0', '٠', '۰', '߀', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '෦', '๐', '໐', '༠', '၀', '០', '０'];

/// The ASCII digit of any script's decimal digit.
pub(super) fn digit(char: char) -> Option<char> {
    let zero = ZEROS.into_iter().rev().find(|&zero| zero <= char)?;
    let value = u32::from(char) - u32::from(zero);
    if value < 10 { char::from_digit(value, 10) } else { None }
}

/// Whether this is an invisible mark of the direction of writing.
pub(super) fn is_direction(char: char) -> bool {
    matches!(char, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}
