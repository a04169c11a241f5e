import Foundation

extension AIPass {
    /// Begins a sign-in on a device without a browser, such as a TV, with the provider's usual scopes: show the code and
    /// the page, then call `completeDeviceSignIn()`. Cancelling the task that waits ends the wait; `cancelSignIn()` gives
    /// the sign-in up.
    ///
    /// - Returns: The code, the page, and when the code expires.
    /// - Throws: As `beginDeviceSignIn(_:)` with `SignInOptions`.
    public func beginDeviceSignIn() async throws -> DeviceSignIn {
        try await beginDeviceSignIn(SignInOptions())
    }

    /// Turns a text into a vector. One paid call.
    ///
    /// - Throws: As `embed(_:)` with an `EmbeddingRequest`, which takes several texts and a model.
    public func embed(_ text: String) async throws -> [Float] {
        try await embed(EmbeddingRequest(input: [text])).vectors[0]
    }

    /// Speaks a text, mostly as MP3. One paid call.
    ///
    /// - Throws: As `speak(_:)` with a `SpeechRequest`, which takes a voice and a format.
    public func speak(_ text: String) async throws -> SpeechAudio {
        try await speak(SpeechRequest(input: text))
    }

    /// Writes down what a recording says. One paid call.
    ///
    /// - Throws: As `transcribe(_:)` with a `TranscriptionRequest`, which can ask for times and subtitles.
    public func transcribe(_ recording: Data) async throws -> Transcript {
        try await transcribe(TranscriptionRequest(file: .bytes(recording)))
    }

    /// Writes down what a recording in a file says, which is read while it is uploaded. One paid call.
    ///
    /// - Throws: As `transcribe(_:)` with a `TranscriptionRequest`, which can ask for times and subtitles.
    public func transcribe(contentsOf file: URL) async throws -> Transcript {
        try await transcribe(TranscriptionRequest(file: .file(file)))
    }
}

extension Conversation {
    /// Asks a model; question and answer are then a part of the conversation. One paid call.
    ///
    /// - Throws: As `ask(ai:messages:)`, which can show photos and answer tool calls.
    public func ask(_ question: String, ai: AIPass) async throws -> ChatAnswer {
        try await ask(ai: ai, messages: [.user(question)])
    }
}
