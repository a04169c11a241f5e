import AIPassMobile
import Foundation

extension FakeAIPass {
    /// What was asked of the fake.
    public enum Call: Equatable, Sendable {
        case beginSignIn(SignInOptions)
        case completeSignIn(String)
        case cancelSignIn
        case signOut
        case resumed
        /// Also when a prepared receipt is sent.
        case scanReceipt(ReceiptScan)
        case scanReceipts(ReceiptScan)
        case preparedReceipt(ReceiptScan)
        case checkPhoto(Photo)
        /// Also when a prepared chat is sent for its words.
        case chatText(ChatRequest)
        /// Also when a prepared chat is sent for its whole answer.
        case chat(ChatRequest)
        case preparedAnswer(ChatRequest)
        case estimate(PaidRequest)
        case spending
        case resetSpending(SpendingPeriod)
        case balance
        case refreshBalance
        case checkoutURL(amount: Decimal)
    }

    /// How the fake answers. Every closure may throw, and may wait.
    public struct Script: Sendable {
        public var completeSignIn: @Sendable (String) async throws -> Void = { _ in }
        public var signOut: @Sendable () async throws -> Void = {}
        /// Answers `scanReceipt` and prepared receipts.
        public var scanReceipt: @Sendable (ReceiptScan) async throws -> Receipt = { _ in
            throw notScripted("scanReceipt")
        }
        public var scanReceipts: @Sendable (ReceiptScan) async throws -> [Receipt] = { _ in
            throw notScripted("scanReceipts")
        }
        /// At first every photo can be read.
        public var checkPhoto: @Sendable (Photo) async throws -> [PhotoHint] = { _ in [] }
        /// Answers `chatText` and the words of prepared chats.
        public var chatText: @Sendable (ChatRequest) -> ChatText = { _ in
            ChatText(pieces: [], failure: notScripted("chatText"))
        }
        /// Answers `chat` with a `ChatRequest`, and prepared chats.
        public var chat: @Sendable (ChatRequest) async throws -> ChatAnswer = { _ in throw notScripted("chat") }
        public var estimate: @Sendable (PaidRequest) async throws -> CostEstimate = { _ in
            throw notScripted("estimate")
        }
        public var spending: @Sendable () async throws -> Spending = { throw notScripted("spending") }
        public var resetSpending: @Sendable (SpendingPeriod) async throws -> Void = { _ in }
        /// Answers `balance()` and `refreshBalance()`. What it answers is told to those who follow the balance, too.
        public var balance: @Sendable () async throws -> Balance = { throw notScripted("balance") }
        public var checkoutURL: @Sendable (Decimal) async throws -> URL = { _ in throw notScripted("checkoutURL") }
    }
}

private func notScripted(_ call: String) -> AIPassError {
    .other(code: "not_scripted", detail: "the test did not say how FakeAIPass answers \(call)")
}
