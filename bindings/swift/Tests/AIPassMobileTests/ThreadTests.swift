import AIPassMobile
import Foundation
import Testing

/// Calls from every kind of thread. None blocks its caller.
@Suite(.timeLimit(.minutes(10)))
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
        .serialized,  // the main thread is measured for one case at a time
        arguments: [true, false]
    )
    func theMainThreadIsFreeWhileAPhotoIsScanned(fromItsFile: Bool) async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        let file = try #require(largePhoto)
        let scan = fromItsFile ? ReceiptScan(contentsOf: file) : try ReceiptScan(photo: Data(contentsOf: file))
        let before = Allocations.bytes
        let work = MainActorWork()
        let heart = Task {
            while !Task.isCancelled {
                work.beat()
                await Task.yield()
            }
        }
        _ = try await ai.scanReceipt(scan)
        heart.cancel()
        work.beat()
        let (here, everywhere) = (work.bytes, Allocations.bytes - before)
        // Its planes alone are 2016 × 1512 × 3/2 bytes.
        #expect(everywhere - here > 4_500_000, "no photo was decoded on another thread")
        // What is handed over may be copied here; what is done with it is not done here.
        let size = try #require(try file.resourceValues(forKeys: [.fileSizeKey]).fileSize)
        #expect(here < 3 * UInt64(size), "the main actor allocated \(here) bytes of \(everywhere)")
    }
}

/// How many bytes the library allocated while the main actor ran. On Linux its thread may change from one turn to the next, but never
/// within one.
@MainActor
private final class MainActorWork {
    private(set) var bytes: UInt64 = 0
    private var last = (thread: pthread_self(), bytes: Allocations.bytesOfThisThread)

    func beat() {
        let now = (thread: pthread_self(), bytes: Allocations.bytesOfThisThread)
        if now.thread == last.thread { bytes += now.bytes - last.bytes }
        last = now
    }
}

private let largePhoto = ProcessInfo.processInfo.environment["AIPASS_LARGE_PHOTO"].map(URL.init(fileURLWithPath:))
