import AIPassMobile
import Foundation

/// A step of a scenario, and what it takes.
struct Step {
    let json: JSON

    var name: String { get throws { try text("do") } }

    subscript(_ name: String) -> JSON? { json[name] }

    func text(_ name: String) throws -> String {
        guard let text = json[name]?.string else { throw TestFailure("the step has no \(name)") }
        return text
    }

    func optional(_ name: String) -> String? {
        json[name]?.string
    }

    func texts(_ name: String) -> [String] {
        (json[name]?.array ?? []).compactMap(\.string)
    }

    func number(_ name: String) -> UInt32? {
        json[name]?.number.map { UInt32($0) }
    }

    func photo(_ name: String) -> Photo? {
        optional(name).map(Self.photo)
    }

    /// Of a step with `photo` or `photos`.
    var photos: [Photo] {
        [photo("photo")].compactMap { $0 } + texts("photos").map(Self.photo)
    }

    private static func photo(at path: String) -> Photo {
        .file(repository.appendingPathComponent(path))
    }
}
