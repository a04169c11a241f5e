import Foundation

/// Texts with a name: `${NAME}` in a step stands for what the sandbox tells of itself, or for what a step before captured.
struct Names {
    private var texts: [String: String] = [:]

    /// What the sandbox tells when it starts.
    init(told facts: JSON) {
        if case .object(let members) = facts { texts = members.compactMapValues(\.string) }
    }

    /// The step with the texts for their names.
    func fill(_ value: JSON) throws -> JSON {
        switch value {
        case .string(let text): return .string(try filled(text))
        case .array(let items): return .array(try items.map { try fill($0) })
        case .object(let members): return .object(try members.mapValues { try fill($0) })
        default: return value
        }
    }

    private func filled(_ text: String) throws -> String {
        var filled = ""
        var rest = text
        while let start = rest.range(of: "${") {
            let after = String(rest[start.upperBound...])
            guard let end = after.range(of: "}") else { throw TestFailure("\(text) has no end of a name") }
            let name = String(after[..<end.lowerBound])
            guard let told = texts[name] else { throw TestFailure("nothing has the name \(name)") }
            filled += String(rest[..<start.lowerBound])
            filled += told
            rest = String(after[end.upperBound...])
        }
        return filled + rest
    }

    /// Keeps what the step's `capture` names: its members are the new names, each with the member of the result.
    mutating func capture(_ step: Step, from outcome: Outcome) throws {
        guard case .object(let captured)? = step["capture"], case .result(let result) = outcome else { return }
        for (name, member) in captured {
            guard let text = member.string.flatMap({ result[$0]?.string }) else {
                throw TestFailure("the result has no text \(member) to capture: \(result)")
            }
            texts[name] = text
        }
    }
}
