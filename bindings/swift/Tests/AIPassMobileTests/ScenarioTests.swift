import AIPassMobile
import Foundation
import Testing

/// Plays the scenarios of `tests/scenarios`, which every language plays; their README says what a step means.
struct ScenarioTests {
    static let names: [String] = {
        let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        return (files ?? []).filter { $0.hasSuffix(".json") }.sorted()
    }()
    private static let folder = repository.appendingPathComponent("tests/scenarios")

    private struct Scenario: Decodable {
        let sandbox: [String]?
        let steps: [JSON]
    }

    @Test func thereAreScenarios() {
        #expect(!Self.names.isEmpty)
    }

    @Test func whatIsNotAsExpectedIsFound() {
        let came = Outcome.result(["text": "Hello", "list": .array([1]), "count": 2])
        let unmet: [JSON] = [
            ["text": "Hell"], ["text": ["$contains": "x"]], ["count": ["$contains": ""]], ["count": ["$at_least": 3]],
            ["list": .array([])], ["more": .null],
        ]
        for wanted in unmet {
            #expect(mismatch(about: came, expecting: ["result": wanted]) != nil, "\(wanted)")
        }
        #expect(mismatch(about: came, expecting: ["error": [:]]) != nil)
        #expect(mismatch(about: .error(["code": "offline"]), expecting: nil) != nil)
        #expect(mismatch(about: .error(["code": "offline"]), expecting: ["error": ["code": "timeout"]]) != nil)
        #expect(
            mismatch(about: came, expecting: ["result": ["text": ["$contains": "ell"], "count": ["$at_least": 2]]])
                == nil)
    }

    @Test(.timeLimit(.minutes(10)), arguments: names)
    func scenario(_ name: String) async throws {
        let data = try Data(contentsOf: Self.folder.appendingPathComponent(name))
        let scenario = try JSONDecoder().decode(Scenario.self, from: data)
        let sandbox = try Sandbox(scenario.sandbox ?? [])
        let stage = try Stage(sandbox: sandbox)
        var names = Names(told: sandbox.facts)
        for (index, json) in scenario.steps.enumerated() {
            let step = Step(json: try names.fill(json))
            let outcome = try await stage.take(step)
            let problem = mismatch(about: outcome, expecting: step["expect"])
            try #require(problem == nil, "step \(index + 1), \(step["do"] ?? .null)")
            try names.capture(step, from: outcome)
        }
    }
}
