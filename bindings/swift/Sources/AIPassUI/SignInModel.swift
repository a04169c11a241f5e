import AIPassMobile

/// What a sign-in button shows.
public enum SignInState: Equatable, Sendable {
    /// The button, and what became of the last session or of the last try.
    case signedOut(SignInNotice?)
    /// The browser is open: the button waits.
    case signingIn
    /// No button.
    case signedIn

    /// What the session's state makes of it. While the browser is open, only a session ends the waiting.
    public func following(_ session: SessionState) -> SignInState {
        switch (session, self) {
        case (.signedIn, _), (.endsSoon, _), (.refreshing, _): .signedIn
        case (_, .signingIn): .signingIn
        case (.needsSignIn(.denied), _): .signedOut(.denied)
        case (.needsSignIn(.notSignedIn), _): .signedOut(nil)
        case (.needsSignIn, _): .signedOut(.sessionEnded)
        case (.signedOut, .signedOut), (.signingIn, .signedOut): self  // with its notice
        case (.signedOut, .signedIn), (.signingIn, .signedIn): .signedOut(nil)
        }
    }

    /// The button's label.
    public var label: UIText {
        switch self {
        case .signedOut(.sessionEnded): .signInAgain
        case .signedOut, .signedIn: .signIn
        case .signingIn: .signingIn
        }
    }
}

/// What stands below a sign-in button.
public enum SignInNotice: Equatable, Sendable {
    /// The user pressed Deny on the provider's page.
    case denied
    /// The provider ended the session.
    case sessionEnded
    case failed(Problem)

    public var text: UIText {
        switch self {
        case .denied: .denied
        case .sessionEnded: .sessionEnded
        case .failed(let problem): problem.text
        }
    }
}

/// The rules of a sign-in button: one sign-in at a time; a user who closes the page is told nothing; any other failure
/// is shown, and the button is there again.
public final class SignInModel: Watched<SignInState> {
    private let client: any AIPassClient

    public init(_ client: any AIPassClient) {
        self.client = client
        super.init(.signedOut(nil))
    }

    /// Follows the session until the task is cancelled: for `.task` of the view.
    public func follow() async {
        do {
            for try await session in client.sessionUpdates() { state = state.following(session) }
        } catch {
            if let problem = Problem(error) { state = .signedOut(.failed(problem)) }
        }
    }

    /// Signs in. `open` shows the provider's page and completes the sign-in: `signIn(presenting:)`.
    public func signIn(open: @MainActor (any AIPassClient) async throws -> Void) async {
        guard case .signedOut = state else { return }
        state = .signingIn
        do {
            try await open(client)
            state = .signedIn
        } catch AIPassError.signInRequired(.denied, _) {
            state = .signedOut(.denied)
        } catch {
            state = .signedOut(Problem(error).map(SignInNotice.failed))
        }
    }
}
