import AIPassMobile
import AIPassTesting
import AIPassUI
import Foundation
import Testing

@MainActor
struct BalanceModelTests {
    @Test func levels() {
        func state(_ spent: Decimal, of budget: Decimal?) -> BalanceState {
            BalanceState(.sample(spent: spent, budget: budget), lowBelow: 1)
        }
        #expect(state(1, of: 5) == .plenty(4))
        #expect(state(4, of: 5) == .plenty(1))
        #expect(state(Decimal(string: "4.01")!, of: 5) == .low(Decimal(string: "0.99")!))
        #expect(state(5, of: 5) == .empty)
        #expect(state(6, of: 5) == .empty)
        #expect(state(6, of: nil) == .unlimited)
        let withoutRest = Balance(totalCost: 1, maxBudget: 5, remainingBudget: nil, asOf: nil)
        #expect(BalanceState(withoutRest, lowBelow: 1) == .unknown)
        let notANumber = Balance(totalCost: 1, maxBudget: 5, remainingBudget: .nan, asOf: nil)
        #expect(BalanceState(notANumber, lowBelow: 1) == .unknown)
    }

    @Test func aFailureToAskLeavesWhatItShows() async {
        let ai = FakeAIPass(state: .signedIn)
        let model = BalanceModel(ai)
        ai.script { $0.balance = { .sample(spent: 1, budget: 5) } }
        await model.update()
        #expect(model.state == .plenty(4))
        ai.script { $0.balance = { throw AIPassError.offline(maybeSent: false, detail: "") } }
        await model.refresh()
        #expect(model.state == .plenty(4))
        #expect(ai.calls == [.balance, .refreshBalance])
        model.refused()
        #expect(model.state == .empty && model.state.offersTopUp)
        ai.move(to: .signedOut)
        await model.update()
        #expect(model.state == .unknown && !model.state.offersTopUp)
    }
}

@MainActor
struct TopUpModelTests {
    private let ai = FakeAIPass(state: .signedIn)
    private let page = URL(string: "https://aipass.one/checkout")!

    init() {
        ai.script { [page] in $0.checkoutURL = { _ in page } }
    }

    @Test func offersTheRefusedRequestAgain() async {
        let model = TopUpModel(ai)
        var sent = 0
        #expect(model.offer(after: AIPassError.budgetUsedUp(spent: 5, limit: 5)) { sent += 1 })
        #expect(model.state == .offering(nil) && model.figures.spent == 5)
        await model.choose(10) { [page] opened in opened == page }
        #expect(model.state == .away(nil))

        ai.script { $0.balance = { .sample(spent: 5, budget: 5) } }
        await model.cameBack()
        #expect(model.state == .stillEmpty)
        ai.script { $0.balance = { .sample(spent: 5, budget: 15) } }
        await model.cameBack()
        #expect(model.state == .ready(nil))
        #expect(sent == 0, "it costs money: only the user sends it")
        await model.sendAgain()
        #expect(sent == 1 && model.state == .hidden)
        await model.sendAgain()
        #expect(sent == 1)
        #expect(ai.calls == [.checkoutURL(amount: 10), .refreshBalance, .refreshBalance])
    }

    @Test func aRequestThatIsRefusedAgainIsOfferedAgain() async {
        let model = await ready { throw AIPassError.budgetUsedUp() }
        await model.sendAgain()
        #expect(model.state == .offering(nil) && model.hasRequest)
    }

    @Test func afterAnyOtherFailureTheRequestCanBeSentAgain() async {
        let offline = AIPassError.offline(maybeSent: true, detail: "")
        let model = await ready { throw offline }
        await model.sendAgain()
        #expect(model.state == .ready(Problem(offline)) && model.hasRequest)
    }

    @Test func aUserWhoMayHavePaidIsNotAskedToPayAgain() async {
        let model = TopUpModel(ai)
        let offline = AIPassError.offline(maybeSent: false, detail: "")
        ai.script { $0.balance = { throw offline } }
        model.offer(after: AIPassError.budgetUsedUp()) {}
        await model.choose(5) { _ in true }
        await model.cameBack()
        #expect(model.state == .away(Problem(offline)))
        ai.script { $0.balance = { .sample(spent: 5, budget: 10) } }
        await model.cameBack()
        #expect(model.state == .ready(nil))
    }

    @Test func otherErrorsAreTheApps() {
        let model = TopUpModel(ai)
        #expect(!model.offer(after: AIPassError.cancelled) {})
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

    @Test func closingGivesTheRequestUp() async {
        let model = TopUpModel(ai)
        #expect(model.offer(after: AIPassError.budgetUsedUp()) { Issue.record("sent after it was given up") })
        await model.choose(5) { _ in
            model.close()
            return true  // the browser opened after the sheet was closed
        }
        #expect(model.state == .hidden && !model.hasRequest)
        await model.cameBack()
        await model.sendAgain()
        #expect(model.state == .hidden)
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

    private func ready(_ request: @escaping @MainActor () async throws -> Void) async -> TopUpModel {
        let model = TopUpModel(ai)
        ai.script { $0.balance = { .sample(spent: 0, budget: 10) } }
        model.offer(after: AIPassError.budgetUsedUp(), again: request)
        await model.choose(5) { _ in true }
        await model.cameBack()
        #expect(model.state == .ready(nil))
        return model
    }
}
