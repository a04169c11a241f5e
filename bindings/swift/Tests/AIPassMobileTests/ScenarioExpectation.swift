/// What a step came to.
enum Outcome {
    case result(JSON)
    case error(JSON)
}

/// What is wrong with an outcome; `nil` if it is as expected.
func mismatch(about outcome: Outcome, expecting expectation: JSON?) -> String? {
    switch (outcome, expectation?["error"]) {
    case (.error(let error), let wanted?): difference(of: error, from: wanted, at: "error")
    case (.error(let error), nil): "it failed: \(error)"
    case (.result(let result), let wanted?): "\(wanted) was expected, and it came to \(result)"
    case (.result(let result), nil):
        expectation?["result"].flatMap { difference(of: result, from: $0, at: "result") }
    }
}

private func difference(of came: JSON, from wanted: JSON, at path: String) -> String? {
    let differs = "\(path) should be \(wanted), and is \(came)"
    switch wanted {
    case .object(let fields):
        if let part = fields["$contains"]?.string {
            // Foundation finds an empty text nowhere.
            let isMet = came.string.map { part.isEmpty || $0.contains(part) } ?? false
            return isMet ? nil : differs
        }
        if let wanted = fields["$some"] {
            let items = came.array ?? []
            return items.contains { difference(of: $0, from: wanted, at: path) == nil } ? nil : differs
        }
        if let least = fields["$at_least"]?.number {
            return came.number.map { $0 >= least } == true ? nil : differs
        }
        for (name, wanted) in fields {
            guard let came = came[name] else { return "\(path) has no \(name): \(came)" }
            if let difference = difference(of: came, from: wanted, at: "\(path).\(name)") { return difference }
        }
        return nil
    case .array(let items):
        guard let cameItems = came.array, cameItems.count == items.count else { return differs }
        for (index, (came, wanted)) in zip(cameItems, items).enumerated() {
            if let difference = difference(of: came, from: wanted, at: "\(path)[\(index)]") { return difference }
        }
        return nil
    default:
        return wanted == came ? nil : differs
    }
}
