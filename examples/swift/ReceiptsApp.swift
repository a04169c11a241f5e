import AIPassMobile
import SwiftUI

@main
struct ReceiptsApp: App {
    @State private var model = Result { try Receipts() }

    var body: some Scene {
        WindowGroup {
            switch model {
            case .success(let receipts): ReceiptScreen(receipts: receipts)
            case .failure(let error): Text(error.localizedDescription)
            }
        }
    }
}

/// What the screen shows.
@MainActor
final class Receipts: ObservableObject {
    @Published private(set) var isSignedIn = false
    @Published private(set) var receipt: Receipt?
    @Published private(set) var advice = ""
    @Published private(set) var problem: String?
    private let ai: AIPass

    init() throws {
        // The session is kept in the Keychain.
        ai = try AIPass(clientID: "client_123", redirectURI: "myapp://auth/callback")
    }

    /// Follows the session for as long as the screen is there.
    func follow() async {
        await report {
            for try await state in ai.sessionStates() {
                isSignedIn = state == .signedIn || state == .refreshing
            }
        }
    }

    /// The app came back to the front.
    func resumed() {
        ai.resumed()
    }

    func signIn(over window: UIWindow) async {
        await report { try await ai.signIn(presenting: window) }
    }

    func signOut() async {
        await report { _ = try await ai.signOut() }
    }

    func scan(_ photo: Data) async {
        receipt = nil
        advice = ""
        await report {
            let receipt = try await ai.scanReceipt(photo)
            self.receipt = receipt
            for try await text in ai.chat("In one sentence, what was this bought for? \(receipt.answer)") {
                advice += text
            }
        }
    }

    /// What an error asks of the app.
    private func report(_ work: @MainActor () async throws -> Void) async {
        problem = nil
        do {
            try await work()
        } catch is CancellationError, AIPassError.cancelled {
            // The user knows.
        } catch AIPassError.signInRequired {
            problem = "Please sign in."
        } catch AIPassError.budgetExceeded(_, let limit, _, _, _) {
            problem = "Your budget of \(limit.map { "\($0)" } ?? "AI Pass") is used up: top it up at aipass.one."
        } catch AIPassError.offline, AIPassError.timeout {
            problem = "No connection. Try again when you are online."
        } catch {
            problem = error.localizedDescription
        }
    }
}
