#if canImport(SwiftUI)
    import SwiftUI

    // Never compiled yet, because that takes a Mac: the project's CI runs on Linux and checks the syntax only.

    /// What is left in the wallet, which it follows while it is seen. A low balance is a button that offers a top-up.
    public struct BalanceBadge: View {
        @ObservedObject private var model: BalanceModel
        @Environment(\.aiPassTheme) private var theme
        private let topUp: (@MainActor () -> Void)?

        /// - Parameter topUp: What to do when the user wants to top up, such as `TopUpModel.offer()`; without it the
        ///   badge is only text.
        public init(_ model: BalanceModel, topUp: (@MainActor () -> Void)? = nil) {
            self.model = model
            self.topUp = topUp
        }

        public var body: some View {
            Group {
                if let topUp, model.state.offersTopUp {
                    Button(action: topUp) { label }
                        .accessibilityHint(UIText.topUpTitle())
                } else {
                    label
                }
            }
            .task { await model.follow() }
        }

        private var label: some View {
            Text(model.state.text(currency: model.currency))
                .font(.footnote.monospacedDigit())
                .padding(.horizontal, 10)
                .padding(.vertical, 4)
                .background(
                    model.state.offersTopUp ? theme.warning.opacity(0.2) : Color.secondary.opacity(0.15),
                    in: Capsule()
                )
                .accessibilityLabel(UIText.balance())
                .accessibilityValue(model.state.text(currency: model.currency))
        }
    }
#endif
