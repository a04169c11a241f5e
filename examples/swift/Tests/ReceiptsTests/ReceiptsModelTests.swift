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
    private let receipt = Receipt.sample(
        merchant: "Café", amount: 18, currency: "EUR", items: [.sample("Kaffee", total: 18, verdict: .agrees)],
        verdict: .agrees, cost: Decimal(string: "0.0042"))
    private let photo = Photo.bytes(Data([0xFF, 0xD8, 0xFF]))

    init() {
        ai.script { [receipt] script in
            script.scanReceipt = { _ in receipt }
            script.chatText = { _ in ChatText(pieces: ["Four ", "euros."]) }
        }
    }

    @Test func fromThePhotoToTheAnswer() async {
        let model = ReceiptsModel(ai)
        await model.scan(photo)
        #expect(model.screen == Screen(receipt: receipt))
        await model.ask(" How much of it was coffee? ")
        #expect(model.screen == Screen(receipt: receipt, answer: "Four euros."))
        await model.signOut()
        #expect(model.screen == Screen())
        #expect(ai.calls.contains(.signOut))
    }

    @Test func aQuestionNeedsAReceiptAndWords() async {
        let model = ReceiptsModel(ai)
        await model.ask("How much?")
        await model.scan(photo)
        await model.ask("  ")
        #expect(!ai.calls.contains { if case .chatText = $0 { true } else { false } })
    }

    @Test func aPhotoThatMayNotBeReadableCostsNothingUntilTheUserWantsIt() async {
        let model = ReceiptsModel(ai)
        ai.script { $0.checkPhoto = { _ in [.sample(.tooDark), .sample(.tooBlurred)] } }
        await model.scan(photo)
        #expect(model.screen.notice?.reasons == [.photoTooDark, .photoTooBlurred])
        #expect(ai.calls == [.checkPhoto(photo)])
        model.takeAnother()
        await model.scanAnyway()
        #expect(model.screen == Screen() && ai.calls.count == 1, "the notice was answered already")
        await model.scan(photo)
        await model.scanAnyway()
        #expect(model.screen == Screen(receipt: receipt))
    }

    @Test func aPhotoThatCannotBeOpenedIsAProblemBeforeMoneyIsSpent() async {
        let model = ReceiptsModel(ai)
        ai.script { $0.checkPhoto = { _ in throw AIPassError.invalidInput(input: "photo", detail: "no image") } }
        await model.scan(photo)
        #expect(model.screen.problem?.text == .problemPhoto && !model.screen.isScanning)
        #expect(ai.calls == [.checkPhoto(photo)])
    }

    @Test func aFailureIsShownAndTheNextScanForgetsIt() async {
        let model = ReceiptsModel(ai)
        ai.script { $0.scanReceipt = { _ in throw AIPassError.offline(maybeSent: false, detail: "") } }
        await model.scan(photo)
        #expect(model.screen.problem?.text == .problemOffline && !model.screen.isScanning)
        ai.script { [receipt] in $0.scanReceipt = { _ in receipt } }
        await model.scan(photo)
        #expect(model.screen == Screen(receipt: receipt))
    }

    @Test func aScanThatIsRefusedForWantOfMoneyIsOfferedAgainOnce() async {
        let model = ReceiptsModel(ai)
        ai.script { $0.scanReceipt = { _ in throw AIPassError.budgetUsedUp() } }
        await model.scan(photo)
        #expect(model.topUp.state == .offering(nil) && model.screen == Screen())
        #expect(model.balance.state == .empty)
        await fillTheWallet(model)
        ai.script { [receipt] in $0.scanReceipt = { _ in receipt } }
        await model.topUp.sendAgain()
        #expect(model.screen.receipt == receipt && model.topUp.state == .hidden)
        await model.topUp.sendAgain()
        #expect(ai.calls.filter { if case .scanReceipt = $0 { true } else { false } }.count == 2)
    }

    @Test func aQuestionThatIsRefusedForWantOfMoneyIsOfferedAgain() async {
        let model = ReceiptsModel(ai)
        await model.scan(photo)
        ai.script { $0.chatText = { _ in ChatText(pieces: [], failure: AIPassError.budgetUsedUp()) } }
        await model.ask("How much?")
        #expect(model.topUp.state == .offering(nil) && model.screen == Screen(receipt: receipt))
        await fillTheWallet(model)
        ai.script { $0.chatText = { _ in ChatText(pieces: ["Four ", "euros."]) } }
        await model.topUp.sendAgain()
        #expect(model.screen == Screen(receipt: receipt, answer: "Four euros.") && model.topUp.state == .hidden)
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
        let older = Task { await model.scan(.bytes(Data([1]))) }
        while !model.screen.isScanning { await Task.yield() }
        await model.scan(photo)
        open.finish()
        await older.value
        #expect(model.screen == Screen(receipt: receipt))
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

    private func fillTheWallet(_ model: ReceiptsModel) async {
        ai.script {
            $0.checkoutURL = { _ in URL(string: "https://aipass.one/checkout")! }
            $0.balance = { .sample(spent: 5, budget: 15) }
        }
        await model.topUp.choose(10) { _ in true }
        await model.topUp.cameBack()
        #expect(model.topUp.state == .ready(nil))
    }
}
