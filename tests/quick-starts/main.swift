// What a host app brings to the README's quick start, played by a sandbox. Run by tests/quick-starts/swift.

import AIPassMobile
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

guard let sandbox = ProcessInfo.processInfo.environment["SANDBOX_URL"].flatMap(URL.init(string:)) else {
    fatalError("SANDBOX_URL names no sandbox")
}
let photo = URL(fileURLWithPath: CommandLine.arguments[1])
let sessions = URL(fileURLWithPath: CommandLine.arguments[2])

/// The sandbox plays the user, who allows the app, and returns where the browser ends up.
func browse(to page: URL) async throws -> URL {
    var request = URLRequest(url: sandbox.appendingPathComponent("sandbox/user-agent"))
    request.httpMethod = "POST"
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    request.httpBody = try JSONEncoder().encode(["url": page.absoluteString, "decision": "allow"])
    let (data, _) = try await URLSession.shared.data(for: request)
    let callback = try JSONDecoder().decode([String: String].self, from: data)["callback"]
    return try callback.flatMap(URL.init(string:)) ?? { throw URLError(.badServerResponse) }()
}

let store = try SealedFileStore(directory: sessions, key: Data(repeating: 7, count: 32))
try await scan(photo, store: store, provider: .aiPass(at: sandbox), browser: browse)
