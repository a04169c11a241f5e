import AIPassMobile
import Foundation
import Testing

/// A task that is cancelled, or a loop that is left, closes the connection: the sandbox sees it. (P5)
@Suite(.timeLimit(.minutes(10)))
struct CancellationTests {
    /// A stream that never ends by itself: it hangs after its first words.
    private static let endless: JSON = ["kind": "stall", "bytes": 700]

    @Test func ofACall() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        try await sandbox.lay(["kind": "stall"], on: "chat")
        let call = Task { try await ai.chat(ChatRequest.user("Hello")) }
        try await sandbox.waitForChat()
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        try await sandboxSeesItEnd(sandbox)
    }

    @Test func ofACallBeforeItBegins() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        let call = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await ai.chat(ChatRequest.user("Hello"))
        }
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(try await sandbox.chats == 0)
    }

    @Test func ofATaskThatReadsEvents() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        try await sandbox.lay(Self.endless, on: "chat")
        let stream = try await ai.chatStream(.user("One tip for better focus?"))
        let (words, said) = AsyncStream.makeStream(of: String.self)
        let reader = Task {
            for try await event in stream {
                if case .text(let text, _) = event { said.yield(text) }
            }
        }
        for await _ in words { break }
        #expect(try await sandbox.openStreams == 1)
        reader.cancel()
        await #expect(throws: CancellationError.self) { try await reader.value }
        // Although somebody still holds the stream.
        try await sandboxSeesItEnd(sandbox)
        #expect(try await stream.next() == nil)
    }

    @Test func ofATaskThatReadsText() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        try await sandbox.lay(Self.endless, on: "chat")
        let (words, said) = AsyncStream.makeStream(of: String.self)
        let reader = Task {
            for try await text in ai.chat("One tip for better focus?") { said.yield(text) }
        }
        for await _ in words { break }
        reader.cancel()
        await #expect(throws: CancellationError.self) { try await reader.value }
        try await sandboxSeesItEnd(sandbox)
    }

    @Test func byLeavingALoopOverEvents() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        try await sandbox.lay(Self.endless, on: "chat")
        let stream = try await ai.chatStream(.user("One tip for better focus?"))
        for try await event in stream {
            if case .text = event { break }
        }
        try await sandboxSeesItEnd(sandbox)
        #expect(try await stream.next() == nil)
    }

    @Test func byLeavingALoopOverText() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        try await sandbox.lay(Self.endless, on: "chat")
        for try await _ in ai.chat("One tip for better focus?") { break }
        try await sandboxSeesItEnd(sandbox)
    }

    @Test func ofATaskThatListens() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        try await sandbox.lay(Self.endless, on: "speech")
        let stream = try await ai.speakStreamed(SpeechRequest(input: "Two coffees please", responseFormat: .wav))
        let (pieces, came) = AsyncStream.makeStream(of: Data.self)
        let reader = Task {
            for try await piece in stream { came.yield(piece) }
        }
        for await _ in pieces { break }
        reader.cancel()
        await #expect(throws: CancellationError.self) { try await reader.value }
        // Although somebody still holds the stream.
        try await sandboxSeesItEnd(sandbox)
        #expect(try await stream.next() == nil)
    }

    @Test func byLeavingALoopOverSpeech() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        try await sandbox.lay(Self.endless, on: "speech")
        let request = SpeechRequest(input: "Two coffees please", responseFormat: .wav)
        for try await _ in try await ai.speakStreamed(request) { break }
        try await sandboxSeesItEnd(sandbox)
    }

    @Test func ofATaskThatWaitsForAVideo() async throws {
        let sandbox = try Sandbox(["--video-takes", "3000"])
        let ai = try await sandbox.signedIn()
        let job = try await ai.createVideo(VideoRequest(prompt: "A cup of coffee", seconds: 4))
        let (statuses, continuation) = AsyncStream.makeStream(of: VideoStatus.self)
        let reader = Task {
            for try await update in ai.videoUpdates(id: job.id) { continuation.yield(update.status) }
        }
        for await status in statuses {
            #expect(status == .queued)
            break
        }
        reader.cancel()
        await #expect(throws: CancellationError.self) { try await reader.value }
    }

    @Test func ofATaskThatWaitsForStates() async throws {
        let ai = try AIPass(clientID: "a", redirectURI: "myapp://auth/callback", store: MemoryStore())
        let (states, continuation) = AsyncStream.makeStream(of: SessionState.self)
        let reader = Task {
            for try await state in ai.sessionStates() { continuation.yield(state) }
        }
        for await state in states {
            #expect(state == .signedOut)
            break
        }
        reader.cancel()
        await #expect(throws: CancellationError.self) { try await reader.value }
    }

    private func sandboxSeesItEnd(_ sandbox: Sandbox) async throws {
        try await eventually("the sandbox sees the connection close") {
            let newest = try await sandbox.ask("GET", "requests")["requests"]?.array?.last
            return try await sandbox.openStreams == 0 && newest?["ended"] == "client_disconnected"
        }
    }
}
