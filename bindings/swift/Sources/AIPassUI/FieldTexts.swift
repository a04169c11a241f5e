import Foundation

/// An amount as a text field has it: the locale's decimal separator, no grouping, and the decimals that it has.
func amountText(_ amount: Decimal, locale: Locale) -> String {
    amount.description.replacingOccurrences(of: ".", with: locale.decimalSeparator ?? ".")
}

/// Reads an amount as the locale writes it, with or without grouping in threes. Where a space groups, any space does:
/// keyboards have no narrow one. Anything else is `nil`: `12.50` where the comma separates decimals could be 12.50 or
/// 1250.
func amount(from text: String, locale: Locale) -> Decimal? {
    let isNegative = text.hasPrefix("-") || text.hasPrefix("\u{2212}")
    let parts = (isNegative ? String(text.dropFirst()) : text).components(separatedBy: locale.decimalSeparator ?? ".")
    guard parts.count <= 2, let whole = parts.first else { return nil }
    let grouping = locale.groupingSeparator ?? ","
    let isSpaced = !grouping.isEmpty && grouping.allSatisfy(\.isWhitespace)
    let groups = whole.split(omittingEmptySubsequences: false) { isSpaced ? $0.isWhitespace : String($0) == grouping }
    let isGrouped =
        groups.count == 1 || (1...3 ~= groups[0].count && groups.dropFirst().allSatisfy { $0.count == 3 })
    let digits = groups.joined()
    let decimals = parts.count == 2 ? parts[1] : ""
    guard isGrouped, !digits.isEmpty, parts.count == 1 || !decimals.isEmpty, digits.count + decimals.count <= 28,
        (digits + decimals).allSatisfy(isDigit)
    else { return nil }
    let plain = (isNegative ? "-" : "") + digits + (decimals.isEmpty ? "" : "." + decimals)
    return Decimal(string: plain, locale: Locale(identifier: "en_US_POSIX"))
}

/// A day as a text field has it: `2026-01-31`, which is the same in every language.
func dayText(_ day: DateComponents) -> String {
    String(format: "%04d-%02d-%02d", day.year ?? 0, day.month ?? 0, day.day ?? 0)
}

/// Reads `2026-01-31`, if the calendar has that day.
func day(from text: String) -> DateComponents? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], parts.joined().allSatisfy(isDigit) else { return nil }
    let numbers = parts.compactMap { Int($0) }
    let day = DateComponents(
        calendar: Calendar(identifier: .gregorian), year: numbers[0], month: numbers[1], day: numbers[2])
    return day.isValidDate ? day : nil
}

/// Whether it is one of 0 to 9. A range of characters would hold a digit with an accent, too.
private func isDigit(_ character: Character) -> Bool {
    character.isASCII && character.isNumber
}
