#if canImport(SwiftUI) && canImport(AuthenticationServices) && !os(tvOS) && !os(watchOS)
    import AIPassMobile
    import AuthenticationServices
    import SwiftUI

    // Never compiled yet, because that takes a Mac: the project's CI runs on Linux and checks the syntax only.

    /// Signs in with the system's browser over this window. Shows nothing while a user is signed in.
    public struct SignInButton: View {
        @ObservedObject private var model: SignInModel
        @Environment(\.aiPassTheme) private var theme
        private let options: SignInOptions
        private let isPrivate: Bool

        /// - Parameters:
        ///   - model: Its state; keep it in a `@StateObject`.
        ///   - options: What to ask of the provider.
        ///   - isPrivate: Whether the browser shares no cookies with Safari.
        public init(_ model: SignInModel, options: SignInOptions = SignInOptions(), isPrivate: Bool = false) {
            self.model = model
            self.options = options
            self.isPrivate = isPrivate
        }

        public var body: some View {
            VStack(alignment: .leading, spacing: 8) {
                if model.state != .signedIn {
                    Button(action: signIn) {
                        Text(model.state.label()).frame(maxWidth: .infinity)
                    }
                    .buttonStyle(.borderedProminent)
                    .controlSize(.large)
                    .tint(theme.accent)
                    .disabled(model.state == .signingIn)
                }
                if case .signedOut(let notice?) = model.state {
                    Text(notice.text()).font(.footnote).foregroundStyle(.secondary)
                }
            }
            .task { await model.follow() }
        }

        private func signIn() {
            guard let window = frontWindow() else { return }
            Task {
                await model.signIn { try await $0.signIn(presenting: window, options: options, isPrivate: isPrivate) }
            }
        }
    }

    /// The window that the user looks at.
    @MainActor
    private func frontWindow() -> ASPresentationAnchor? {
        #if canImport(UIKit)
            let scenes = UIApplication.shared.connectedScenes.compactMap { $0 as? UIWindowScene }
            let active = scenes.first { $0.activationState == .foregroundActive } ?? scenes.first
            return active?.windows.first { $0.isKeyWindow } ?? active?.windows.first
        #else
            return NSApplication.shared.keyWindow ?? NSApplication.shared.windows.first
        #endif
    }
#endif
