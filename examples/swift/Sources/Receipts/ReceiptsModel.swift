import AIPassMobile
import AIPassUI
import Foundation

#if canImport(Combine)
    import Combine
#endif

/// What the screen shows.
public struct Screen: Equatable, Sendable {
    public var isScanning = false
    public var receipt: Receipt?
    public var isAnswering = false
    public var answer = ""
    public var problem: Problem?
}

/// The app without its screen: scans, asks, and keeps at hand what a sign-in button, a badge and a sheet need.
@MainActor
public final class ReceiptsModel {
    #if canImport(Combine)
        @Published public private(set) var screen = Screen()
    #else
        public private(set) var screen = Screen()
    #endif
    public let signIn: SignInModel
    public let balance: BalanceModel
    public let topUp: TopUpModel
    private let ai: any AIPassClient
    private let foreground: ForegroundObserver?
    /// Counts what the user began. A result that belongs to something older is not shown.
    private var turn = 0

    /// - Parameter foreground: Tells the client when the app comes back to the front.
    public init(_ ai: any AIPassClient, foreground: ForegroundObserver? = nil) {
        self.ai = ai
        self.foreground = foreground
        signIn = SignInModel(ai)
        balance = BalanceModel(ai)
        topUp = TopUpModel(ai)
    }

    /// Reads a photographed receipt. A scan that began before ends unseen.
    public func scan(_ photo: Data) async {
        await scan { try await $0.scanReceipt(photo) }
    }

    /// The same for a photo that the camera took.
    public func scan(_ photo: Photo) async {
        await scan { try await $0.scanReceipt(ReceiptScan(photos: [photo])) }
    }

    private func scan(_ read: @escaping @Sendable (any AIPassClient) async throws -> Receipt) async {
        turn += 1
        screen = Screen()
        screen.isScanning = true
        await work({ [ai] in try await read(ai) }, show: { $0.receipt = $1 })
    }

    /// Asks about the receipt and shows the answer as it comes.
    public func ask(_ question: String) async {
        let question = question.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let receipt = screen.receipt, !question.isEmpty, !screen.isAnswering else { return }
        turn += 1
        (screen.isAnswering, screen.answer, screen.problem) = (true, "", nil)
        let asked = turn
        await work { [weak self, ai] in
            for try await text in ai.chat("\(question)\n\nThe receipt, as JSON:\n\(receipt.answer)") {
                guard let self, self.turn == asked else { return }
                self.screen.answer += text
            }
        }
    }

    public func signOut() async {
        turn += 1
        screen = Screen()
        await work { [ai] in _ = try await ai.signOut() }
    }

    /// Does paid work. What is refused for want of money goes to the top-up sheet, which can do it again.
    private func work<Value: Sendable>(
        _ call: @escaping @MainActor () async throws -> Value,
        show: @escaping @MainActor (inout Screen, Value) -> Void = { _, _ in }
    ) async {
        let mine = turn
        do {
            let result = try await call()
            if turn == mine { show(&screen, result) }
        } catch {
            if turn == mine { tell(error) { [weak self] in try await self?.again(call, show: show) } }
        }
        if turn == mine { (screen.isScanning, screen.isAnswering) = (false, false) }
        await balance.update()
    }

    /// What the top-up sheet does when the user wants the refused request again.
    private func again<Value: Sendable>(
        _ call: @MainActor () async throws -> Value, show: @MainActor (inout Screen, Value) -> Void
    ) async throws {
        screen.answer = ""
        let result = try await call()
        show(&screen, result)
        await balance.update()
    }

    private func tell(_ error: any Error, again: @escaping @MainActor () async throws -> Void) {
        if topUp.offer(after: error, again: again) {
            balance.refused()
        } else {
            screen.problem = Problem(error)
        }
    }
}

#if canImport(Combine)
    extension ReceiptsModel: ObservableObject {}
#endif
