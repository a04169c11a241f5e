import AIPassMobile
import AIPassTesting
import AIPassUI
import Foundation
import Testing

@testable import Receipts

/// The app against a fake client: no network, no browser, no screen.
@MainActor
struct ReceiptsModelTests {
    private let ai = FakeAIPass(state: .signedIn)
    private let receipt = Receipt.sample(merchant: "Café", amount: 18, currency: "EUR")

    init() {
        ai.script { [receipt] script in
            script.scanReceipt = { _ in receipt }
            script.chatText = { _ in ChatText(pieces: ["Four ", "euros."]) }
            script.balance = { .sample(spent: 1, budget: 5) }
        }
    }

    @Test func fromThePhotoToTheAnswer() async {
        let model = ReceiptsModel(ai)
        await model.scan(Data([0xFF, 0xD8, 0xFF]))
        #expect(model.screen.receipt == receipt && !model.screen.isScanning && model.screen.problem == nil)
        #expect(model.balance.state == .plenty(4))
        await model.ask(" How much of it was coffee? ")
        #expect(model.screen.answer == "Four euros." && !model.screen.isAnswering)
        await model.signOut()
        #expect(model.screen == Screen())
        #expect(ai.calls.contains(.signOut))
    }

    @Test func aQuestionNeedsAReceiptAndWords() async {
        let model = ReceiptsModel(ai)
        await model.ask("How much?")
        await model.scan(Data([1]))
        await model.ask("  ")
        #expect(!ai.calls.contains { if case .chatText = $0 { true } else { false } })
    }

    @Test func aFailureIsShownAndTheNextScanForgetsIt() async {
        let model = ReceiptsModel(ai)
        ai.script { $0.scanReceipt = { _ in throw AIPassError.offline(maybeSent: false, detail: "") } }
        await model.scan(Data([1]))
        #expect(model.screen.problem?.text == .problemOffline && !model.screen.isScanning)
        ai.script { [receipt] in $0.scanReceipt = { _ in receipt } }
        await model.scan(Data([1]))
        #expect(model.screen.problem == nil && model.screen.receipt == receipt)
    }

    @Test func aScanThatIsRefusedForWantOfMoneyIsOfferedAgain() async {
        let model = ReceiptsModel(ai)
        ai.script {
            $0.scanReceipt = { _ in throw AIPassError.budgetUsedUp() }
            $0.balance = { .sample(spent: 5, budget: 5) }
            $0.checkoutURL = { _ in URL(string: "https://aipass.one/checkout")! }
        }
        await model.scan(Data([1]))
        #expect(model.topUp.state == .offering(nil) && model.screen.problem == nil)
        #expect(model.balance.state == .empty)
        await model.topUp.choose(10) { _ in true }
        ai.script { [receipt] in
            $0.scanReceipt = { _ in receipt }
            $0.balance = { .sample(spent: 5, budget: 15) }
        }
        await model.topUp.cameBack()
        await model.topUp.sendAgain()
        #expect(model.screen.receipt == receipt && model.topUp.state == .hidden)
        #expect(model.balance.state == .plenty(10))
    }

    @Test func anOlderScanDoesNotOverwriteANewerOne() async {
        let model = ReceiptsModel(ai)
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        ai.script { [receipt] in
            $0.scanReceipt = { scan in
                if scan.photos == [.bytes(Data([1]))] { for await _ in gate {} }
                return scan.photos == [.bytes(Data([1]))] ? .sample(merchant: "old") : receipt
            }
        }
        let older = Task { await model.scan(Data([1])) }
        while !model.screen.isScanning { await Task.yield() }
        await model.scan(Data([2]))
        open.finish()
        await older.value
        #expect(model.screen.receipt == receipt)
    }

    @Test func theSandboxIsOneSwitch() async throws {
        let ai = try Settings.client(sandbox: "http://127.0.0.1:8414", store: MemoryStore())
        #expect(try await ai.beginSignIn().url.absoluteString.hasPrefix("http://127.0.0.1:8414/"))
        let real = try Settings.client(sandbox: nil, store: MemoryStore())
        #expect(try await real.beginSignIn().url.host == "aipass.one")
        #expect(throws: AIPassError.self) { try Settings.client(sandbox: "", store: MemoryStore()) }
    }

    @Test(arguments: ["en", "de"])
    func everyTextIsTranslated(_ language: String) throws {
        let file = try #require(AppText.file(of: language))
        let list = try PropertyListSerialization.propertyList(from: Data(contentsOf: file), format: nil)
        let texts = try #require(list as? [String: String])
        #expect(Set(texts.keys) == Set(AppText.allCases.map(\.rawValue)))
        #expect(texts.values.allSatisfy { !$0.isEmpty })
    }
}
