import AIPassMobile
import AIPassTesting
import Foundation
import Testing

/// The fake behaves as the library does where it says so.
struct FakeTests {
    @Test func playsASession() async throws {
        let ai = FakeAIPass()
        var states = ai.sessionUpdates().makeAsyncIterator()
        #expect(try await states.next() == .signedOut)
        let request = try await ai.beginSignIn()
        #expect(request.url.absoluteString.contains("redirect_uri=myapp://auth/callback"))
        #expect(try await states.next() == .signingIn)
        #expect(try await !ai.completeSignIn(ifCallback: #require(URL(string: "myapp://settings"))))
        #expect(try await ai.completeSignIn(ifCallback: #require(URL(string: "myapp://auth/callback?code=1"))))
        #expect(try await states.next() == .signedIn)
        _ = try await ai.signOut()
        #expect(try await states.next() == .signedOut)
    }

    @Test func refusesPaidCallsWithoutASession() async {
        let ai = FakeAIPass()
        ai.script { $0.scanReceipt = { _ in .sample() } }
        let refused = AIPassError.signInRequired(reason: .notSignedIn, detail: nil)
        #expect(await expectError(AIPassError.self) { try await ai.scanReceipt(Data()) } == refused)
        #expect(await expectError(AIPassError.self) { for try await _ in ai.chat("?") {} } == refused)
        ai.move(to: .needsSignIn(reason: .grantEnded))
        let ended = AIPassError.signInRequired(reason: .grantEnded, detail: nil)
        #expect(await expectError(AIPassError.self) { try await ai.balance() } == ended)
    }

    @Test func answersAsScriptedAndSaysWhatIsNot() async throws {
        let ai = FakeAIPass(state: .signedIn)
        let thrown = await expectError(AIPassError.self) { try await ai.scanReceipt(Data()) }
        #expect(thrown?.code == "not_scripted")
        ai.script { script in
            script.scanReceipt = { scan in .sample(merchant: "\(scan.photos.count)") }
            script.chatText = { _ in
                ChatText(pieces: ["It ", "was"], failure: AIPassError.offline(maybeSent: true, detail: ""))
            }
        }
        #expect(try await ai.scanReceipt(Data([1])).merchant == "1")
        var answer = ""
        let broken = await expectError(AIPassError.self) {
            for try await text in ai.chat("What was it?") { answer += text }
        }
        #expect(broken == .offline(maybeSent: true, detail: ""))
        #expect(answer == "It was")
        #expect(ai.calls.last == .chatText(.user("What was it?")))
    }

    @Test func itemsVerdictsAndCostsAreScripted() async throws {
        let ai = FakeAIPass(state: .signedIn)
        let day = DateComponents(calendar: Calendar(identifier: .gregorian), year: 2026, month: 1, day: 31)
        let item = ReceiptItem.sample("Tea", quantity: 2, unitPrice: 3, total: 6, verdict: .agrees)
        ai.script { script in
            script.scanReceipts = { _ in [.sample(items: [item], verdict: .agrees, cost: 1), .sample()] }
            script.checkPhoto = { _ in [.sample(.tooDark)] }
            script.chat = { _ in .sample("Four euros.", cost: 2) }
            script.estimate = { _ in .sample(low: 1, high: nil) }
            script.spending = { .sample(day: 3, session: 4, on: day) }
        }
        let receipts = try await ai.scanReceipts(ReceiptScan(photo: Data()))
        #expect(receipts.map(\.items) == [[item], []] && receipts.map(\.cost) == [1, nil])
        #expect(receipts[0].verdict == .agrees && item.verdict == .agrees)
        #expect(try await ai.checkPhoto(photo: Data()).map(\.kind) == [.tooDark])
        #expect(try await ai.chat(.user("?")).cost == 2)
        #expect(try await ai.estimate(request: .chat(request: .user("?"))).high == nil)
        #expect(try await ai.spending().session.known == 4)
        try await ai.resetSpending(period: .day)
        #expect(ai.calls.last == .resetSpending(.day))
    }

    @Test func tellsTheBalanceWhileAUserIsSignedIn() async throws {
        let ai = FakeAIPass()
        var updates = ai.balanceUpdates(lowBelow: 2).makeAsyncIterator()
        #expect(try await updates.next()?.balance == nil)
        ai.tell(.sample(spent: 1, budget: 5))
        ai.move(to: .signedIn)
        #expect(try await updates.next() == .sample(spent: 1, budget: 5))
        ai.script { $0.balance = { .sample(spent: 4, budget: 5) } }
        _ = try await ai.refreshBalance()
        let low = try await updates.next()
        #expect(low?.isLow == true && low?.balance?.remainingBudget == 1)
        ai.tell(.sample(spent: 4, budget: 5))  // as before: no change
        _ = try await ai.signOut()
        #expect(try await updates.next()?.balance == nil)
    }

    /// The library's rules of how often a prepared request can be sent.
    @Test func aPreparedRequestIsSentAgainOnceAfterItWasRefused() async throws {
        let ai = FakeAIPass(state: .signedIn)
        let offline = AIPassError.offline(maybeSent: false, detail: "")
        let spent = AIPassError.invalidInput(
            input: "prepared", detail: "it was sent, and may have been paid for; prepare a new one to pay again")
        let prepared = try await ai.preparedReceipt(ReceiptScan(photo: Data()))
        for (refusal, canSend) in [(offline, true), (.budgetUsedUp(), true), (offline, true), (.budgetUsedUp(), false)]
        {
            ai.script { $0.scanReceipt = { _ in throw refusal } }
            #expect(await expectError(AIPassError.self) { try await prepared.send() } == refusal)
            #expect(prepared.canSend() == canSend)
        }
        #expect(await expectError(AIPassError.self) { try await prepared.send() } == spent)

        ai.script { $0.chatText = { _ in ChatText(pieces: [], failure: AIPassError.budgetUsedUp()) } }
        let answer = try await ai.preparedAnswer(.user("?"))
        #expect(await expectError(AIPassError.self) { for try await _ in answer.text() {} } == .budgetUsedUp())
        ai.script { $0.chatText = { _ in ChatText(pieces: ["It ", "was"], failure: offline) } }
        var text = ""
        #expect(await expectError(AIPassError.self) { for try await word in answer.text() { text += word } } == offline)
        #expect(text == "It was" && !answer.canSend(), "words came, so it was paid for")
        #expect(await expectError(AIPassError.self) { for try await _ in answer.text() {} } == spent)
    }

    @Test func aScriptMayLookAtTheFake() {
        let ai = FakeAIPass(state: .signedIn)
        ai.resumed()
        ai.script { _ in #expect(ai.calls == [.resumed]) }
    }

    /// The protocol that the fake fulfils is the library's own.
    @Test func theLibraryFulfilsTheSameProtocol() async throws {
        let sandbox = try Sandbox()
        let ai: any AIPassClient = try await sandbox.signedIn()
        var states = ai.sessionUpdates().makeAsyncIterator()
        #expect(try await states.next() == .signedIn)
        let balance = try await ai.refreshBalance()
        var updates = ai.balanceUpdates(lowBelow: 1).makeAsyncIterator()
        #expect(try await updates.next()?.balance == balance)
        var answer = ""
        for try await text in ai.chat("Hello") { answer += text }
        #expect(!answer.isEmpty)
        let prepared = try await ai.preparedAnswer(.user("Hello"))
        var again = ""
        for try await text in prepared.text() { again += text }
        #expect(again == answer && !prepared.canSend())
        let photo = repository.appendingPathComponent("sandbox/recorded/bookshop.jpg")
        #expect(try await ai.checkPhoto(photo: .file(photo)).isEmpty)
        let receipt = try await ai.preparedReceipt(ReceiptScan(contentsOf: photo)).send()
        #expect(receipt.items.count == 3 && receipt.cost != nil)
        let following = Task { for try await _ in ai.balanceUpdates(lowBelow: nil) {} }
        following.cancel()
        _ = await following.result  // a loop ends with its task
        _ = try await ai.signOut()
        while try await states.next() != .signedOut {}
    }
}
