import AIPassMobile
import Foundation
import Testing

/// Callers of every kind, and none that is held up. (F8)
@Suite(.timeLimit(.minutes(2)))
struct ThreadTests {
    @Test func aThousandCallsAtOnce() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        let answers = try await withThrowingTaskGroup(of: FinishReason.self) { group in
            for number in 1...1000 {
                group.addTask { try await ai.chat(ChatRequest.user("Number \(number)")).finishReason }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers == Array(repeating: .stop, count: 1000))
    }

    @Test func aThousandCallsOnAnExpiredTokenRefreshOnce() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        try await sandbox.ask("POST", "expire-access-tokens", [:])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...1000 {
                group.addTask { _ = try await ai.refreshBalance() }
            }
            try await group.waitForAll()
        }
        #expect(try await sandbox.ask("GET", "state")["tokens"]?["issued_for_refreshes"] == 1)
    }

    /// The photo of 12 megapixels is the suite's: `AIPASS_LARGE_PHOTO`.
    @Test(.enabled(if: ThreadTests.largePhoto != nil, "AIPASS_LARGE_PHOTO names no photo"), arguments: [true, false])
    @available(macOS 15, iOS 18, *)
    func theCallersThreadIsFreeWhileAPhotoIsScanned(fromItsFile: Bool) async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        let file = try #require(Self.largePhoto)
        let scan = fromItsFile ? ReceiptScan(contentsOf: file) : try ReceiptScan(photo: Data(contentsOf: file))
        let thread = CallingThread()
        defer { thread.end() }
        let before = clock()
        try await Task(executorPreference: thread) { _ = try await ai.scanReceipt(scan) }.value
        let processor = Double(clock() - before) / Double(CLOCKS_PER_SEC)
        // Or nothing was measured: the photo was not decoded, or not while we looked.
        #expect(processor > 0.03)
        #expect(thread.longestPiece > 0)
        #expect(thread.longestPiece < 0.005, "the caller's thread was busy for \(thread.longestPiece) s")
        print("caller's longest piece: \(thread.longestPiece * 1000) ms of \(processor * 1000) ms")
    }

    private static let largePhoto = ProcessInfo.processInfo.environment["AIPASS_LARGE_PHOTO"].map(
        URL.init(fileURLWithPath:))
}
