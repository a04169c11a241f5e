#if canImport(SwiftUI)
    import SwiftUI

    // Never compiled yet, because that takes a Mac: the project's CI runs on Linux and checks the syntax only.

    /// The items of a receipt, the amounts between them and the total, the payment, and what else it says: sections of a
    /// form or a list. A line that does not add up says so in words.
    public struct ReceiptDetailsView: View {
        @Environment(\.aiPassTheme) private var theme
        private let details: ReceiptDetails

        public init(_ details: ReceiptDetails) {
            self.details = details
        }

        public var body: some View {
            Group {
                if !details.lines.isEmpty {
                    Section {
                        ForEach(details.lines) { line in row(line) }
                    } header: {
                        Text(UIText.reviewItems())
                    }
                }
                section(.reviewAmounts, details.amounts)
                section(.reviewPayment, details.payment)
                section(.reviewAbout, details.about)
            }
        }

        private func row(_ line: ReceiptLine) -> some View {
            VStack(alignment: .leading, spacing: 2) {
                NameAndValue(line.description, line.total)
                if let detail = line.detail {
                    Text(detail).font(.caption).foregroundStyle(.secondary)
                }
                if let problem = line.problem {
                    Notice(problem, symbol: "exclamationmark.triangle", colour: theme.warning).font(.caption)
                }
            }
            .accessibilityElement(children: .ignore)
            .accessibilityLabel(line.spoken)
        }

        @ViewBuilder private func section(_ title: UIText, _ rows: [ReceiptRow]) -> some View {
            if !rows.isEmpty {
                Section {
                    ForEach(rows) { row in
                        NameAndValue(row.label, row.value)
                            .accessibilityElement(children: .ignore)
                            .accessibilityLabel(row.spokenLabel)
                            .accessibilityValue(row.value)
                    }
                } header: {
                    Text(title())
                }
            }
        }
    }

    /// Whether the amounts of a receipt add up, in words.
    public struct VerdictView: View {
        @Environment(\.aiPassTheme) private var theme
        private let notice: VerdictNotice

        public init(_ notice: VerdictNotice) {
            self.notice = notice
        }

        public var body: some View {
            switch notice.level {
            case .agrees: Notice(notice.text, symbol: "checkmark.circle", colour: .secondary)
            case .off: Notice(notice.text, symbol: "exclamationmark.triangle", colour: theme.warning)
            case .unknown: Notice(notice.text, symbol: "questionmark.circle", colour: .secondary)
            }
        }
    }
#endif
