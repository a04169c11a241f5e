import AIPassMobile
import AIPassUI
import Foundation

#if canImport(Combine)
    import Combine
#endif

/// What the screen shows.
public struct Screen: Equatable, Sendable {
    public var isScanning = false
    /// The photo may not be readable: scan it anyway, or take another?
    public var notice: PhotoNotice?
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
    /// The photo that the notice is about.
    private var doubtful: Photo?
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

    /// Reads a photographed receipt. If a look at the photo says that it may not be readable, the user decides first: only
    /// the reading costs money. A scan that began before ends unseen.
    public func scan(_ photo: Photo) async {
        let mine = begin(Screen(isScanning: true))
        do {
            let notice = PhotoNotice(try await ai.checkPhoto(photo: photo))
            guard turn == mine else { return }
            guard let notice else { return await read(photo) }
            (screen, doubtful) = (Screen(notice: notice), photo)
        } catch {
            if turn == mine { screen = Screen(problem: Problem(error)) }
        }
    }

    /// The user wants the photo read all the same.
    public func scanAnyway() async {
        if let photo = doubtful { await read(photo) }
    }

    /// The user takes another photo instead.
    public func takeAnother() {
        begin(Screen())
    }

    /// Asks about the receipt and shows the answer as it comes.
    public func ask(_ question: String) async {
        let question = question.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let receipt = screen.receipt, !question.isEmpty, !screen.isAnswering else { return }
        var asking = screen
        (asking.isAnswering, asking.answer, asking.problem) = (true, "", nil)
        let mine = begin(asking)
        let prompt = "\(question)\n\nThe receipt, as JSON:\n\(receipt.answer)"
        await pay(mine) { [ai] in
            let prepared = try await ai.preparedAnswer(.user(prompt))
            return Paid(request: prepared) { [weak self] in
                for try await text in prepared.text() {
                    guard let self, self.turn == mine else { return }
                    self.screen.answer += text
                }
            }
        }
    }

    public func signOut() async {
        let mine = begin(Screen())
        do {
            try await ai.signOut()
        } catch {
            if turn == mine { screen.problem = Problem(error) }
        }
    }

    private func read(_ photo: Photo) async {
        let mine = begin(Screen(isScanning: true))
        await pay(mine) { [ai] in
            let prepared = try await ai.preparedReceipt(ReceiptScan(photos: [photo]))
            return Paid(request: prepared) { [weak self] in
                let receipt = try await prepared.send()
                if let self, self.turn == mine { self.screen.receipt = receipt }
            }
        }
    }

    /// A request that costs money, and how it is sent and shown.
    private struct Paid {
        let request: any PreparedRequest
        let send: @MainActor () async throws -> Void
    }

    /// Sends a request. What is refused for want of money goes to the top-up sheet, which can send it again, once.
    private func pay(_ mine: Int, _ prepare: () async throws -> Paid) async {
        var paid: Paid?
        do {
            let prepared = try await prepare()
            paid = prepared
            try await prepared.send()
        } catch {
            if turn == mine { tell(error, of: paid) }
        }
        if turn == mine { (screen.isScanning, screen.isAnswering) = (false, false) }
    }

    private func tell(_ error: any Error, of paid: Paid?) {
        if let paid, topUp.offer(after: error, request: paid.request, send: paid.send) {
            balance.refused()
        } else {
            screen.problem = Problem(error)
        }
    }

    @discardableResult
    private func begin(_ next: Screen) -> Int {
        turn += 1
        (screen, doubtful) = (next, nil)
        return turn
    }
}

#if canImport(Combine)
    extension ReceiptsModel: ObservableObject {}
#endif
