import Foundation

/// An amount of money as text, as the locale writes it: `$4.20`, or `1.234,50 €`; without a currency a number with at
/// least two decimals. It has the currency's decimals, and more if the amount has more: nothing is rounded.
public func moneyText(_ amount: Decimal, currency: String?, locale: Locale = .current) -> String {
    // Not NumberFormatter, which works with Double.
    let own = decimals(of: amount)
    guard let currency else {
        return amount.formatted(Decimal.FormatStyle(locale: locale).precision(.fractionLength(max(2, own))))
    }
    let style = Decimal.FormatStyle.Currency(code: currency, locale: locale)
    return amount.formatted(style.precision(.fractionLength(max(decimals(ofCurrency: currency), own))))
}

/// What is left of money as text: rounded down to the currency's decimals, because it must not say more than there is. What
/// would then be nothing is not rounded.
func leftText(_ amount: Decimal, currency: String?, locale: Locale) -> String {
    var (exact, rounded) = (amount, Decimal())
    NSDecimalRound(&rounded, &exact, currency.map(decimals(ofCurrency:)) ?? 2, .down)
    return moneyText(rounded == 0 ? amount : rounded, currency: currency, locale: locale)
}

/// A number as the locale writes it, with the decimals that it has.
func numberText(_ number: Decimal, locale: Locale) -> String {
    number.formatted(Decimal.FormatStyle(locale: locale).precision(.fractionLength(decimals(of: number))))
}

/// A rate in percent, such as 19 as `19 %`.
func percentText(_ rate: Decimal, locale: Locale) -> String {
    let share = rate / 100
    let style = Decimal.FormatStyle.Percent(locale: locale)
    return share.formatted(style.precision(.fractionLength(max(0, decimals(of: share) - 2))))
}

/// How many decimals a number has, without zeros at its end.
private func decimals(of number: Decimal) -> Int {
    fraction(number.description)
}

/// How many decimals a currency has: two of the dollar, none of the yen. Foundation tells it in what it writes only.
private func decimals(ofCurrency code: String) -> Int {
    let style = Decimal.FormatStyle.Currency(code: code, locale: Locale(identifier: "en_US"))
    return fraction(Decimal.zero.formatted(style.presentation(.isoCode)))
}

/// How many digits stand behind the point.
private func fraction(_ number: String) -> Int {
    guard let point = number.firstIndex(of: ".") else { return 0 }
    return number[point...].dropFirst().prefix { $0.isASCII && $0.isNumber }.count
}
