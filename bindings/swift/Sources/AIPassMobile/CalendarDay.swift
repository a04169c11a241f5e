import Foundation

extension DateComponents {
    /// A day of the Gregorian calendar, from `2026-01-31`.
    init(calendarDay text: String) throws {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2] else {
            throw AIPassError.other(code: "internal", detail: "not a calendar day: \(text)")
        }
        self.init(calendar: Calendar(identifier: .gregorian), year: year, month: month, day: day)
    }

    /// The day as `2026-01-31`; what it has besides is left out.
    var calendarDay: String {
        String(format: "%04d-%02d-%02d", year ?? 0, month ?? 0, day ?? 0)
    }
}
