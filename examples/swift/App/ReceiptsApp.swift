import AIPassMobile
import Receipts
import SwiftUI

// Never compiled yet, because that takes a Mac: the project's CI runs on Linux and checks the syntax only.

@main
struct ReceiptsApp: App {
    @State private var model = Result { try makeModel() }

    var body: some Scene {
        WindowGroup {
            switch model {
            case .success(let model): ReceiptScreen(model)
            case .failure(let error): Text(error.localizedDescription)
            }
        }
    }
}

/// The session is kept in the Keychain. AIPASS_SANDBOX in the scheme's environment names a sandbox.
@MainActor
private func makeModel() throws -> ReceiptsModel {
    let ai = try Settings.client()
    return ReceiptsModel(ai, foreground: ForegroundObserver(ai))
}
