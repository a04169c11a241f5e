import AIPassMobile
import AIPassTesting
import AIPassUI
import Foundation
import Testing

@MainActor
struct BalanceModelTests {
    private let ai = FakeAIPass(state: .signedIn)

    @Test func levels() {
        func state(_ spent: Decimal, of budget: Decimal?, isLow: Bool = false) -> BalanceState {
            var update = BalanceUpdate.sample(spent: spent, budget: budget)
            update.isLow = isLow
            return BalanceState(update)
        }
        #expect(state(1, of: 5) == .plenty(4))
        #expect(state(4, of: 5, isLow: true) == .low(1))
        #expect(state(5, of: 5, isLow: true) == .empty)
        #expect(state(6, of: 5, isLow: true) == .empty)
        #expect(state(6, of: nil) == .unlimited)
        #expect(balance(Balance(totalCost: 1, maxBudget: 5, remainingBudget: nil, asOf: nil)) == .unknown)
        #expect(balance(Balance(totalCost: 1, maxBudget: 5, remainingBudget: .nan, asOf: nil)) == .unknown)
        #expect(balance(nil) == .unknown)
    }

    @Test func anEstimateSaysSo() {
        let locale = Locale(identifier: "en_US")
        func text(_ update: BalanceUpdate) -> String {
            BalanceState(update).text(currency: "USD", locale: locale)
        }
        #expect(text(.sample(spent: 1, budget: 5)) == "$4.00 left")
        #expect(text(.sample(spent: 1, budget: 5, isEstimate: true)) == "about $4.00 left")
        #expect(text(.sample(spent: 1, budget: 5, errorCode: "offline")) == "about $4.00 left")
        var low = BalanceUpdate.sample(spent: 1, budget: 5, isEstimate: true)
        low.isLow = true
        #expect(text(low) == "Only about $4.00 left")
    }

    @Test func neverSaysMoreThanIsLeft() {
        func text(_ left: String, _ currency: String? = "USD") -> String {
            BalanceState.plenty(Decimal(string: left)!).text(currency: currency, locale: Locale(identifier: "en_US"))
        }
        #expect(text("4.999") == "$4.99 left" && text("4.9", nil) == "4.90 left" && text("1.6", "JPY") == "¥1 left")
        #expect(text("0.0042") == "$0.0042 left", "not nothing")
    }

    @Test func followsTheBalance() async {
        let model = BalanceModel(ai, lowBelow: 2)
        let following = Task { await model.follow() }
        ai.tell(.sample(spent: 1, budget: 5))
        await until(model, .plenty(4))
        ai.tell(.sample(spent: 4, budget: 5, isEstimate: true))
        await until(model, .low(1, isEstimate: true))
        model.refused()
        #expect(model.state == .empty && model.state.offersTopUp)
        ai.tell(.sample(spent: 4, budget: 14))
        await until(model, .plenty(10))
        ai.move(to: .signedOut)
        await until(model, .unknown)
        #expect(!model.state.offersTopUp)
        following.cancel()
        await following.value
    }

    @Test func whatIsAskedElsewhereIsShownToo() async throws {
        let model = BalanceModel(ai)
        let following = Task { await model.follow() }
        ai.script { $0.balance = { .sample(spent: 1, budget: 5) } }
        _ = try await ai.refreshBalance()
        await until(model, .plenty(4))
        following.cancel()
        await following.value
    }

    private func balance(_ balance: Balance?) -> BalanceState {
        BalanceState(BalanceUpdate(balance: balance, isEstimate: false, isLow: false, errorCode: nil))
    }

    private func until(_ model: BalanceModel, _ state: BalanceState) async {
        while model.state != state { await Task.yield() }
    }
}

@MainActor
struct TopUpModelTests {
    private let ai = FakeAIPass(state: .signedIn)
    private let page = URL(string: "https://aipass.one/checkout")!

    init() {
        ai.script { [page] in $0.checkoutURL = { _ in page } }
    }

    @Test func offersTheRefusedRequestAgain() async throws {
        let model = TopUpModel(ai)
        ai.script { $0.scanReceipt = { _ in throw AIPassError.budgetUsedUp(spent: 5, limit: 5) } }
        let request = try await refused(by: model)
        #expect(model.state == .offering(nil) && model.figures.spent == 5 && model.isRefusal)
        ai.script { $0.scanReceipt = { _ in .sample() } }
        await model.choose(10) { [page] opened in opened == page }
        #expect(model.state == .away(nil))

        ai.script { $0.balance = { .sample(spent: 5, budget: 5) } }
        await model.cameBack()
        #expect(model.state == .stillEmpty)
        ai.script { $0.balance = { .sample(spent: 5, budget: 15) } }
        await model.cameBack()
        #expect(model.state == .ready(nil))
        #expect(scans == 1 && request.canSend(), "it costs money: only the user sends it")
        await model.sendAgain()
        #expect(scans == 2 && model.state == .hidden && !model.isRefusal)
        await model.sendAgain()
        #expect(scans == 2 && !request.canSend())
    }

    @Test func aRequestThatIsRefusedAgainIsNotOfferedAnotherTime() async throws {
        let model = try await ready()
        await model.sendAgain()
        #expect(model.state == .notAgain(Problem(AIPassError.budgetUsedUp())) && !model.hasRequest)
        await model.sendAgain()
        await model.cameBack()
        #expect(scans == 2 && model.state == .notAgain(Problem(AIPassError.budgetUsedUp())))
        #expect(model.isShown)
        model.isShown = false
        #expect(model.state == .hidden)
    }

    @Test(arguments: [true, false])
    func afterAnyOtherFailureItIsSentAgainOnlyIfItWasNotSent(_ maybeSent: Bool) async throws {
        let offline = AIPassError.offline(maybeSent: maybeSent, detail: "")
        let model = try await ready()
        ai.script { $0.scanReceipt = { _ in throw offline } }
        await model.sendAgain()
        #expect(model.state == (maybeSent ? .notAgain(Problem(offline)) : .ready(Problem(offline))))
        ai.script { $0.scanReceipt = { _ in .sample() } }
        await model.sendAgain()
        #expect(scans == (maybeSent ? 2 : 3) && (model.state == .hidden) == !maybeSent)
    }

    @Test func aRequestThatCannotBeSentAgainIsNotOffered() async throws {
        let model = TopUpModel(ai)
        let partly = AIPassError.budgetExceeded(spent: 5, limit: 5, requestID: nil, detail: "", text: "It was")
        ai.script {
            $0.scanReceipt = { _ in throw partly }
            $0.balance = { .sample(spent: 0, budget: 10) }
        }
        _ = try await refused(by: model)
        #expect(model.state == .offering(nil) && model.isRefusal && !model.hasRequest)
        await model.choose(5) { _ in true }
        await model.cameBack()
        #expect(model.state == .hidden)
    }

    @Test func aUserWhoMayHavePaidIsNotAskedToPayAgain() async throws {
        let model = TopUpModel(ai)
        let offline = AIPassError.offline(maybeSent: false, detail: "")
        ai.script {
            $0.scanReceipt = { _ in throw AIPassError.budgetUsedUp() }
            $0.balance = { throw offline }
        }
        _ = try await refused(by: model)
        await model.choose(5) { _ in true }
        await model.cameBack()
        #expect(model.state == .away(Problem(offline)))
        ai.script { $0.balance = { .sample(spent: 5, budget: 10) } }
        await model.cameBack()
        #expect(model.state == .ready(nil))
    }

    @Test func otherErrorsAreTheApps() async throws {
        let model = TopUpModel(ai)
        let request = try await ai.preparedReceipt(ReceiptScan(photo: Data()))
        #expect(!model.offer(after: AIPassError.cancelled, request: request) {})
        #expect(model.state == .hidden && !model.hasRequest)
    }

    @Test func withoutARequestThereIsNothingToSendAgain() async {
        let model = TopUpModel(ai)
        ai.script { $0.balance = { .sample(spent: 0, budget: 10) } }
        model.offer()
        await model.choose(5) { _ in true }
        await model.cameBack()
        #expect(model.state == .hidden)
    }

    @Test func whatGoesWrongIsShownAndTheAmountsStay() async {
        let model = TopUpModel(ai)
        let offline = AIPassError.offline(maybeSent: false, detail: "")
        model.offer()
        await model.choose(5) { _ in false }
        #expect(model.state == .offering(Problem(AIPassError.unsupported(what: "a browser"))))
        ai.script { $0.checkoutURL = { _ in throw offline } }
        await model.choose(5) { _ in true }
        #expect(model.state == .offering(Problem(offline)))
    }

    @Test func closingGivesTheRequestUp() async throws {
        let model = TopUpModel(ai)
        ai.script { $0.scanReceipt = { _ in throw AIPassError.budgetUsedUp() } }
        _ = try await refused(by: model)
        await model.choose(5) { _ in
            model.close()
            return true  // the browser opened after the sheet was closed
        }
        #expect(model.state == .hidden && !model.hasRequest)
        await model.cameBack()
        await model.sendAgain()
        #expect(model.state == .hidden && scans == 1)
    }

    @Test func aPageThatComesAfterTheSheetWasClosedIsNotOpened() async {
        let model = TopUpModel(ai)
        let (first, endFirst) = AsyncStream.makeStream(of: Void.self)
        let (second, endSecond) = AsyncStream.makeStream(of: Void.self)
        ai.script { [page] in
            $0.checkoutURL = { amount in
                for await _ in amount == 5 ? first : second {}
                return page.appendingPathComponent("\(amount)")
            }
        }
        var opened: [String] = []
        func choose(_ amount: Decimal) -> Task<Void, Never> {
            model.offer()
            return Task {
                await model.choose(amount) {
                    opened.append($0.lastPathComponent)
                    return true
                }
            }
        }
        let closed = choose(5)
        while ai.calls.count < 1 { await Task.yield() }
        model.close()
        let wanted = choose(10)
        while ai.calls.count < 2 { await Task.yield() }
        endFirst.finish()
        await closed.value
        endSecond.finish()
        await wanted.value
        #expect(opened == ["10"])
        #expect(model.state == .away(nil))
    }

    @Test func amountsThatTheProviderRefusesAreNotOffered() {
        let cents = [0, 49, 50, 500].map { Decimal($0) / 100 }
        #expect(TopUpModel(ai, amounts: cents + [.nan]).amounts == [Decimal(50) / 100, 5])
    }

    /// How often a receipt was sent.
    private var scans: Int {
        ai.calls.filter { if case .scanReceipt = $0 { true } else { false } }.count
    }

    /// A request that was refused, and which the model offers again.
    private func refused(by model: TopUpModel) async throws -> any PreparedRequest {
        let request = try await ai.preparedReceipt(ReceiptScan(photo: Data()))
        do {
            _ = try await request.send()
            Issue.record("it was not refused")
        } catch {
            #expect(model.offer(after: error, request: request) { _ = try await request.send() })
        }
        return request
    }

    /// A model whose request was refused once, after the wallet was filled.
    private func ready() async throws -> TopUpModel {
        let model = TopUpModel(ai)
        ai.script {
            $0.scanReceipt = { _ in throw AIPassError.budgetUsedUp() }
            $0.balance = { .sample(spent: 0, budget: 10) }
        }
        _ = try await refused(by: model)
        await model.choose(5) { _ in true }
        await model.cameBack()
        #expect(model.state == .ready(nil))
        return model
    }
}
