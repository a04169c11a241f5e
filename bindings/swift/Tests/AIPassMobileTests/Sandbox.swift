import AIPassMobile
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// What stands in the way of a test, and is no error of the library's.
struct TestFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// The repository's root.
let repository = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../..").standardized

/// An AI Pass on loopback, in a process of its own that ends with this object.
final class Sandbox: Sendable {
    /// What it tells of itself when it starts.
    let facts: JSON
    let baseURL: URL
    let clientID: String
    let redirectURI: String
    private let controlURL: URL
    private let process: Process
    /// The process ends when this is closed, also where the tests crash.
    private let input: Pipe

    /// Starts it. The program is that in `AIPASS_PROGRAM`, or what `cargo build -p aipass-cli` leaves in the target folder.
    init(_ arguments: [String] = []) throws {
        let named = ProcessInfo.processInfo.environment["AIPASS_PROGRAM"]
        let program = named.map(URL.init(fileURLWithPath:)) ?? repository.appendingPathComponent("target/debug/aipass")
        guard FileManager.default.isExecutableFile(atPath: program.path) else {
            throw TestFailure("\(program.path) is missing: cargo build -p aipass-cli, or name it in AIPASS_PROGRAM")
        }
        let output = Pipe()
        process = Process()
        input = Pipe()
        process.executableURL = program
        process.arguments = ["sandbox", "--port", "0", "--json", "--while-stdin-open"] + arguments
        process.standardInput = input
        process.standardOutput = output
        try process.run()

        let facts = try JSONDecoder().decode(JSON.self, from: Self.firstLine(of: output, from: process))
        func url(_ name: String) throws -> URL {
            guard let url = facts[name]?.string.flatMap(URL.init(string:)) else {
                throw TestFailure("the sandbox tells no \(name): \(facts)")
            }
            return url
        }
        self.facts = facts
        baseURL = try url("base_url")
        controlURL = try url("control_url")
        clientID = facts["client_id"]?.string ?? ""
        redirectURI = facts["redirect_uri"]?.string ?? ""
    }

    deinit {
        kill(process.processIdentifier, SIGKILL)
    }

    private static func firstLine(of output: Pipe, from process: Process) throws -> Data {
        let pid = process.processIdentifier
        let timeout = DispatchWorkItem { kill(pid, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + 180, execute: timeout)
        defer { timeout.cancel() }
        var line = Data()
        while line.last != UInt8(ascii: "\n") {
            let read = output.fileHandleForReading.availableData
            guard !read.isEmpty else { throw TestFailure("the sandbox said nothing, or ended at once") }
            line += read
        }
        return line
    }

    /// Ends the process. Nobody listens any more when this returns.
    func stop() async throws {
        kill(process.processIdentifier, SIGKILL)
        try await eventually("the sandbox ends") { !self.process.isRunning }
    }

    /// Sends a request to the control API and returns its answer, which must not be a refusal.
    @discardableResult
    func ask(_ method: String, _ path: String, _ body: JSON? = nil) async throws -> JSON {
        var request = URLRequest(url: controlURL.appendingPathComponent(path), timeoutInterval: 180)
        request.httpMethod = method
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = try body.map(JSONEncoder().encode)
        let (data, response) = try await URLSession.shared.data(for: request)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        guard (200..<300).contains(status) else {
            throw TestFailure("the sandbox's \(path) refused with \(status): \(String(decoding: data, as: UTF8.self))")
        }
        return try JSONDecoder().decode(JSON.self, from: data)
    }

    /// Has calls go wrong on purpose.
    func lay(_ fault: JSON, on endpoint: String, times: Int? = nil) async throws {
        var body: [String: JSON] = ["endpoint": .string(endpoint), "fault": fault]
        if let times { body["times"] = .number(Double(times)) }
        try await ask("POST", "faults", .object(body))
    }

    /// How many answers are under way.
    var openStreams: Double? {
        get async throws { try await ask("GET", "state")["streams_open"]?.number }
    }

    /// How many chats were asked for.
    var chats: Int {
        get async throws {
            guard let requests = try await ask("GET", "requests")["requests"]?.array else {
                throw TestFailure("the sandbox tells no requests")
            }
            return requests.filter { $0["path"]?.string?.hasSuffix("/chat/completions") == true }.count
        }
    }

    /// Plays the user at the sign-in page, and returns the callback.
    func decide(_ decision: String, at url: URL) async throws -> String {
        let body: JSON = ["url": .string(url.absoluteString), "decision": .string(decision)]
        guard let callback = try await ask("POST", "user-agent", body)["callback"]?.string else {
            throw TestFailure("the user agent tells no callback")
        }
        return callback
    }

    /// A client of this AI Pass, or of another provider that the sandbox plays.
    func client(
        store: SessionStore? = MemoryStore(), config: Config? = nil, provider: Provider? = nil, clientID: String? = nil
    ) throws -> AIPass {
        let provider = try provider ?? Provider.aiPass(at: baseURL)
        return try AIPass(
            clientID: clientID ?? self.clientID, redirectURI: redirectURI, provider: provider, config: config,
            store: store)
    }

    /// A client of this AI Pass whose user is signed in.
    func signedIn(store: SessionStore? = MemoryStore(), config: Config? = nil) async throws -> AIPass {
        let ai = try client(store: store, config: config)
        let request = try await ai.beginSignIn()
        try await ai.completeSignIn(decide("allow", at: request.url))
        return ai
    }

    /// Waits until the sandbox has a chat under way.
    func waitForChat() async throws {
        try await eventually("a chat is under way") {
            guard let newest = try await self.ask("GET", "requests")["requests"]?.array?.last else { return false }
            return newest["path"]?.string?.hasSuffix("/chat/completions") == true && newest["finished"] == .null
        }
    }
}

/// Waits for so many seconds at most until `condition` holds: two minutes are enough on a busy machine too.
func eventually(
    _ what: String, within seconds: TimeInterval = 120, _ condition: () async throws -> Bool
) async throws {
    let end = Date(timeIntervalSinceNow: seconds)
    while try await !condition() {
        guard Date() < end else { throw TestFailure("in vain: \(what)") }
        try await Task.sleep(nanoseconds: 5_000_000)
    }
}

/// An empty folder, which is removed with this object.
final class TemporaryFolder: Sendable {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("aipass-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }
}
