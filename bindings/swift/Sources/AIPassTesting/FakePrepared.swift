import AIPassMobile
import Foundation

/// How often a prepared request was sent, by the library's rules: once more after the budget was used up, as before if it
/// was certainly not sent, never again after anything else. A fake has one user, so whose request it is plays no part.
final class FakeSends: @unchecked Sendable {
    private enum Phase {
        case ready, refused, sending, spent
    }

    private let lock = NSLock()
    private var phase = Phase.ready

    func canBegin() -> Bool {
        lock.withLock { phase == .ready || phase == .refused }
    }

    /// - Parameter refusal: The failure of an answer that came, if it came before any word.
    func send<Answer>(
        _ call: () async throws -> Answer, refusal: (Answer) -> (any Error)? = { _ in nil }
    ) async throws -> Answer {
        let before = try begin()
        do {
            let answer = try await call()
            if let failure = refusal(answer) { throw failure }
            end(.spent)
            return answer
        } catch {
            end(Self.phase(after: error, before: before))
            throw error
        }
    }

    private func begin() throws -> Phase {
        try lock.withLock {
            guard phase == .ready || phase == .refused else {
                let why =
                    phase == .sending
                    ? "it is being sent"
                    : "it was sent, and may have been paid for; prepare a new one to pay again"
                throw AIPassError.invalidInput(input: "prepared", detail: why)
            }
            defer { phase = .sending }
            return phase
        }
    }

    private func end(_ next: Phase) {
        lock.withLock { phase = next }
    }

    private static func phase(after error: any Error, before: Phase) -> Phase {
        guard let error = error as? AIPassError else { return .spent }
        return switch error {
        case .budgetExceeded(_, _, _, _, nil) where before == .ready: .refused
        case .invalidInput, .unsupported, .signInRequired, .storage, .spendLimit(_, _, _, _, _, nil),
            .offline(maybeSent: false, _), .timeout(.connect, _, _):
            before
        default: .spent
        }
    }
}

final class FakePreparedReceipt: PreparedReceipt {
    private let sends = FakeSends()
    private let scan: @Sendable () async throws -> Receipt

    init(_ scan: @escaping @Sendable () async throws -> Receipt) {
        self.scan = scan
    }

    func canSend() -> Bool {
        sends.canBegin()
    }

    func send() async throws -> Receipt {
        try await sends.send(scan)
    }
}

final class FakePreparedAnswer: PreparedAnswer {
    private let sends = FakeSends()
    private let chat: @Sendable () async throws -> ChatAnswer
    private let words: @Sendable () -> ChatText

    init(chat: @escaping @Sendable () async throws -> ChatAnswer, words: @escaping @Sendable () -> ChatText) {
        (self.chat, self.words) = (chat, words)
    }

    func canSend() -> Bool {
        sends.canBegin()
    }

    func send() async throws -> ChatAnswer {
        try await sends.send(chat)
    }

    func text() -> ChatText {
        ChatText(later: { [sends, words] in try await sends.send({ words() }, refusal: \.refusal) })
    }
}
