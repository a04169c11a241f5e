#if canImport(SwiftUI)
    import AIPassMobile
    import SwiftUI

    // Never compiled yet, because that takes a Mac: the project's CI runs on Linux and checks the syntax only.

    /// A receipt, to be looked over and corrected: its fields, whether its amounts add up, its items, and what reading it
    /// cost. Sections of a form or a list.
    public struct ReceiptReviewView: View {
        @ObservedObject private var model: ReceiptReviewModel
        @Environment(\.aiPassTheme) private var theme
        private let use: @MainActor (Receipt) -> Void

        /// - Parameter use: What to do with the receipt that the user has looked over.
        public init(_ model: ReceiptReviewModel, use: @escaping @MainActor (Receipt) -> Void) {
            self.model = model
            self.use = use
        }

        public var body: some View {
            Group {
                Section {
                    if model.state.isUnsure {
                        Notice(UIText.reviewUnsure(), symbol: "exclamationmark.triangle", colour: theme.warning)
                    }
                    ForEach(ReceiptField.allCases, id: \.self) { field in row(field) }
                    if let verdict = model.state.verdict { VerdictView(verdict) }
                } header: {
                    Text(UIText.reviewTitle())
                }
                ReceiptDetailsView(model.state.details)
                Section {
                    Button(UIText.reviewUse()) { use(model.state.receipt) }
                        .disabled(!model.state.isUsable)
                } footer: {
                    if let cost = model.state.cost { Text(cost) }
                }
            }
            .tint(theme.accent)
        }

        private func row(_ field: ReceiptField) -> some View {
            VStack(alignment: .leading, spacing: 2) {
                Text(field.label()).font(.caption).foregroundStyle(.secondary)
                TextField(model.state.hint(field) ?? UIText.reviewMissing(), text: $model[field])
                    .accessibilityLabel(field.label())
                if model.state.statuses[field] == .invalid {
                    Notice(UIText.reviewInvalid(), symbol: "exclamationmark.triangle", colour: theme.warning)
                        .font(.caption)
                }
            }
        }
    }
#endif
