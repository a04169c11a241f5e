import AIPassMobile
import Foundation
import Testing

/// Recordings and videos as Swift's loops read them.
@Suite(.timeLimit(.minutes(10)))
struct MediaTests {
    private let request = SpeechRequest(input: "Two coffees please", responseFormat: .wav)

    @Test func piecesOfSpeechMakeTheRecording() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        let stream = try await ai.speakStreamed(request)
        #expect(stream.mediaType() == "audio/wav")
        var bytes = Data()
        for try await piece in stream { bytes += piece }
        #expect(try await ai.speak(request).bytes == bytes)
    }

    @Test func whatIsSpokenIsWrittenDownAgain() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        let recording = try await ai.speak(request).bytes
        #expect(try await ai.transcribe(recording).text == "Two coffees please")
        let folder = try TemporaryFolder()
        let file = folder.url.appendingPathComponent("speech.wav")
        try recording.write(to: file)
        #expect(try await ai.transcribe(contentsOf: file).text == "Two coffees please")
        #expect(try await !ai.speak("Good morning").bytes.isEmpty)
    }

    @Test func aLoopOverAVideosChangesEndsWithTheVideo() async throws {
        let sandbox = try Sandbox(["--video-takes", "3000"])
        let ai = try await sandbox.signedIn()
        let job = try await ai.createVideo(VideoRequest(prompt: "A cup of coffee", seconds: 4))
        for try await update in ai.videoUpdates(id: job.id) {
            #expect(update.status == .queued)
            break
        }
        try await sandbox.ask("POST", "advance-clock", ["seconds": 3600])
        var statuses: [VideoStatus] = []
        for try await update in ai.videoUpdates(id: job.id) { statuses.append(update.status) }
        #expect(statuses == [.completed])
    }
}
