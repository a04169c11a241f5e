import Foundation

extension AIPass {
    /// Begins a sign-in with the provider's usual scopes: open the returned URL in the system's browser.
    ///
    /// - Returns: The URL, and when the sign-in expires. It can be completed after the app was killed meanwhile.
    /// - Throws: `AIPassError.storage` if the sign-in cannot be stored.
    public func beginSignIn() async throws -> SignInRequest {
        try await beginSignIn(SignInOptions())
    }

    /// Completes a sign-in with the URL that the system handed to the app, as in `onOpenURL`.
    ///
    /// - Throws: As `completeSignIn(_:)` with a string.
    public func completeSignIn(_ callbackURL: URL) async throws {
        try await completeSignIn(callbackURL.absoluteString)
    }

    /// Whether this URL is a callback to this client's redirect URI, for apps that receive other links too. Says nothing
    /// about whether it is genuine: `completeSignIn(_:)` finds that out.
    public func isCallback(_ url: URL) -> Bool {
        isCallback(url.absoluteString)
    }

    /// Reads a photographed receipt from the photo's bytes, as the camera wrote them. One paid call.
    ///
    /// - Returns: Its fields. One that cannot be read is `nil`.
    /// - Throws: As `scanReceipt(_:)` with a `ReceiptScan`, which can say where the receipt is from.
    public func scanReceipt(_ photo: Data) async throws -> Receipt {
        try await scanReceipt(ReceiptScan(photo: photo))
    }

    /// Reads a photographed receipt from a file, on a background thread. One paid call.
    ///
    /// - Returns: Its fields. One that cannot be read is `nil`.
    /// - Throws: As `scanReceipt(_:)` with a `ReceiptScan`, which can say where the receipt is from.
    public func scanReceipt(contentsOf file: URL) async throws -> Receipt {
        try await scanReceipt(ReceiptScan(contentsOf: file))
    }

    /// Asks a model and hands over the words of its answer as they come:
    ///
    /// ```swift
    /// for try await text in ai.chat("How much of it was coffee?") {
    ///     answer += text
    /// }
    /// ```
    ///
    /// - Returns: The answer's text in pieces. Each loop over it is one paid call, made when the loop begins; leaving
    ///   the loop, or cancelling its task, ends the call.
    public func chat(_ prompt: String) -> ChatText {
        ChatText(client: self, request: .user(prompt))
    }

    /// Asks a model and hands over the words of its answer as they come, as `chat(_:)` with a string does.
    public func chatText(_ request: ChatRequest) -> ChatText {
        ChatText(client: self, request: request)
    }
}

extension AIPass {
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
