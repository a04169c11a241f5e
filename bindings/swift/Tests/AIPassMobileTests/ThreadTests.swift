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

    /// From the screen's actor, as an app does it. The suite brings the photo of 12 megapixels, in `AIPASS_LARGE_PHOTO`.
    @MainActor
    @Test(
        .enabled(if: largePhoto != nil, "AIPASS_LARGE_PHOTO names no photo"),
        .serialized,  // the other case reads its photo on this thread
        arguments: [true, false]
    )
    func theMainThreadIsFreeWhileAPhotoIsScanned(fromItsFile: Bool) async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        let file = try #require(largePhoto)
        let scan = fromItsFile ? ReceiptScan(contentsOf: file) : try ReceiptScan(photo: Data(contentsOf: file))
        _ = try await ai.scanReceipt(scan)  // loads code, opens the connection
        let before = (here: processorTime(CLOCK_THREAD_CPUTIME_ID), everywhere: processorTime(CLOCK_PROCESS_CPUTIME_ID))
        _ = try await ai.scanReceipt(scan)
        let here = processorTime(CLOCK_THREAD_CPUTIME_ID) - before.here
        // Or nothing was measured, because the photo was not decoded meanwhile.
        #expect(processorTime(CLOCK_PROCESS_CPUTIME_ID) - before.everywhere > 0.03)
        // Processor time, because the machine may be busy with something else.
        #expect(here < 0.004, "the main thread was busy for \(here * 1000) ms")
    }
}

private let largePhoto = ProcessInfo.processInfo.environment["AIPASS_LARGE_PHOTO"].map(URL.init(fileURLWithPath:))

/// Seconds that this thread, or all of the process, kept a processor busy.
private func processorTime(_ clock: clockid_t) -> TimeInterval {
    var time = timespec()
    clock_gettime(clock, &time)
    return TimeInterval(time.tv_sec) + TimeInterval(time.tv_nsec) / 1e9
}
