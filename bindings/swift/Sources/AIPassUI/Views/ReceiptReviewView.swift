#if canImport(SwiftUI)
    import AIPassMobile
    import SwiftUI

    // Never compiled yet, because that takes a Mac: the project's CI runs on Linux and checks the syntax only.

    /// The fields of a receipt, to be looked over and corrected.
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
            Section {
                if model.state.isUnsure {
                    Label(UIText.reviewUnsure(), systemImage: "exclamationmark.triangle").foregroundStyle(theme.warning)
                }
                ForEach(ReceiptField.allCases, id: \.self) { field in row(field) }
                Button(UIText.reviewUse()) { use(model.state.receipt) }
                    .disabled(!model.state.isUsable)
            } header: {
                Text(UIText.reviewTitle())
            }
            .tint(theme.accent)
        }

        private func row(_ field: ReceiptField) -> some View {
            let text = Binding(
                get: { model.state.texts[field] ?? "" }, set: { model.write($0, into: field) })
            return VStack(alignment: .leading, spacing: 2) {
                Text(field.label()).font(.caption).foregroundStyle(.secondary)
                TextField(model.state.hint(field) ?? UIText.reviewMissing(), text: text)
                    .accessibilityLabel(field.label())
                if model.state.statuses[field] == .invalid {
                    Text(UIText.reviewInvalid()).font(.caption).foregroundStyle(theme.warning)
                }
            }
        }
    }
#endif
