import AIPassMobile
import Foundation

// What models and the account answer, as the scenarios write it.

private let capabilities: [(String, Capability)] = [
    ("chat", .chat), ("vision", .vision), ("image_generation", .imageGeneration), ("image_edit", .imageEdit),
    ("image_variation", .imageVariation), ("speech", .speech), ("transcription", .transcription),
    ("embeddings", .embeddings), ("video", .video),
]

extension Capability {
    init?(fact: String) {
        guard let known = capabilities.first(where: { $0.0 == fact }) else { return nil }
        self = known.1
    }

    fileprivate var fact: String? {
        capabilities.first { $0.1 == self }?.0
    }
}

extension Model {
    var facts: JSON {
        ["id": .string(id), "capability": JSON(capability?.fact)]
    }
}

extension ModelChoice {
    var facts: JSON {
        switch reason {
        case .preferred(let missing):
            ["model": .string(model), "reason": "preferred", "missing": .array(missing.map(JSON.string))]
        case .firstSuitable: ["model": .string(model), "reason": "first_suitable"]
        case .noCatalogue: ["model": .string(model), "reason": "no_catalogue"]
        }
    }
}

extension Transcript {
    var facts: JSON {
        [
            "text": .string(text), "segments": .array(segments.map { ["text": .string($0.text)] }),
            "words": .array(words.map { .string($0.text) }), "model": .string(model),
        ]
    }
}

extension VideoJob {
    var facts: JSON {
        let name =
            switch status {
            case .queued: "queued"
            case .inProgress: "in_progress"
            case .completed: "completed"
            case .failed: "failed"
            case .other(let name): name
            }
        return [
            "status": .string(name), "progress": progress.map { .number(Double($0)) } ?? .null, "model": JSON(model),
        ]
    }
}

extension OAuthClient {
    var facts: JSON {
        [
            "name": .string(name), "redirect_uris": .array(redirectURIs.map(JSON.string)),
            "scopes": .array(scopes.map(JSON.string)), "is_active": .bool(isActive),
            "has_secret": .bool(clientSecret != nil),
        ]
    }
}

extension ClientUsage {
    var facts: JSON {
        ["requests": requests.map { .number(Double($0)) } ?? .null, "cost": JSON(cost?.description)]
    }
}

extension Data {
    /// What the first 24 bytes of a PNG tell.
    var pngFacts: JSON {
        let edges = [16, 20].map { at -> JSON in
            guard count >= at + 4 else { return .null }
            return .number(dropFirst(at).prefix(4).reduce(0) { $0 * 256 + Double($1) })
        }
        return ["is_png": .bool(starts(with: [0x89, 0x50, 0x4E, 0x47])), "width": edges[0], "height": edges[1]]
    }
}
