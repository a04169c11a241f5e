#if canImport(SwiftUI)
    import AIPassMobile
    import SwiftUI

    // Never compiled yet, because that takes a Mac: the project's CI runs on Linux and checks the syntax only.

    /// Offers to fill the wallet, and then to send again what was refused, once.
    public struct TopUpSheet: View {
        @ObservedObject private var model: TopUpModel
        @Environment(\.aiPassTheme) private var theme
        @Environment(\.openURL) private var openURL
        @Environment(\.scenePhase) private var scenePhase

        public init(_ model: TopUpModel) {
            self.model = model
        }

        public var body: some View {
            ScrollView {
                VStack(spacing: 16) {
                    Text(UIText.topUpTitle()).font(.title2.bold()).accessibilityAddTraits(.isHeader)
                    content
                    Button(UIText.topUpClose()) { model.close() }
                }
                .padding(24)
                .frame(maxWidth: .infinity)
            }
            .tint(theme.accent)
            .onChange(of: scenePhase) { phase in
                if phase == .active { Task { await model.cameBack() } }
            }
        }

        @ViewBuilder private var content: some View {
            switch model.state {
            case .hidden: EmptyView()
            case .offering(let problem):
                if model.isRefusal { Text(UIText.topUpRefused()) }
                if let spent = model.figures.spent, let limit = model.figures.limit {
                    Text(UIText.topUpSpent(dollars(spent), dollars(limit))).font(.footnote)
                }
                warning(problem)
                choices
            case .opening: ProgressView(UIText.topUpOpening())
            case .away(let problem):
                warning(problem)
                Text(UIText.topUpAway())
                checkAgain
            case .checking: ProgressView(UIText.topUpChecking())
            case .stillEmpty:
                Text(UIText.topUpStillEmpty())
                checkAgain
                choices
            case .ready(let problem):
                warning(problem)
                Text(UIText.topUpReady())
                Button(UIText.topUpSendAgain()) { Task { await model.sendAgain() } }
                    .buttonStyle(.borderedProminent)
            case .sendingAgain: ProgressView()
            case .notAgain(let problem):
                warning(problem)
                Text(UIText.topUpNotAgain())
            }
        }

        @ViewBuilder private func warning(_ problem: Problem?) -> some View {
            if let problem { Notice(problem.text(), symbol: "exclamationmark.triangle", colour: theme.warning) }
        }

        private var checkAgain: some View {
            Button(UIText.topUpCheck()) { Task { await model.cameBack() } }
        }

        private var choices: some View {
            ForEach(model.amounts, id: \.self) { amount in
                Button {
                    Task { await model.choose(amount, open: open) }
                } label: {
                    Text(dollars(amount)).frame(maxWidth: .infinity)
                }
                .buttonStyle(.bordered)
                .controlSize(.large)
            }
        }

        private func dollars(_ amount: Decimal) -> String {
            moneyText(amount, currency: TopUpModel.currency)
        }

        private func open(_ page: URL) async -> Bool {
            await withCheckedContinuation { done in
                openURL(page) { done.resume(returning: $0) }
            }
        }
    }

    extension View {
        /// Shows the sheet while the model is not hidden.
        public func topUpSheet(_ model: TopUpModel) -> some View {
            modifier(TopUpPresenter(model: model))
        }
    }

    private struct TopUpPresenter: ViewModifier {
        @ObservedObject var model: TopUpModel

        func body(content: Content) -> some View {
            content.sheet(isPresented: $model.isShown) { TopUpSheet(model) }
        }
    }
#endif
