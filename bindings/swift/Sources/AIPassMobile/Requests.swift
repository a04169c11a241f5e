import Foundation

extension ChatRequest {
    /// A single question, to a model from the live catalogue.
    public static func user(_ text: String) -> ChatRequest {
        ChatRequest(messages: [.user(text)])
    }
}

extension Message {
    /// What the person says.
    public static func user(_ text: String) -> Message {
        Message(role: .user, content: [.text(text: text)])
    }

    /// What the person says and shows.
    public static func user(_ content: ContentPart...) -> Message {
        Message(role: .user, content: content)
    }

    /// A rule for the model.
    public static func system(_ text: String) -> Message {
        Message(role: .system, content: [.text(text: text)])
    }

    /// What the model said before.
    public static func assistant(_ text: String) -> Message {
        Message(role: .assistant, content: [.text(text: text)])
    }

    /// What a tool answered to a call.
    ///
    /// - Parameter toolCallID: The `id` of the `ToolCall` that is answered.
    public static func tool(_ answer: String, toolCallID: String) -> Message {
        Message(role: .tool, content: [.text(text: answer)], toolCallID: toolCallID)
    }
}

extension ReceiptScan {
    /// A receipt to be read from the bytes of a photo as the camera wrote it.
    ///
    /// - Parameters:
    ///   - photo: A JPEG, PNG or WebP file. It is turned, shrunk and freed of its metadata before it is sent.
    ///   - locale: Where the receipt is from, such as `en-US` or `de-DE`: decides what 03/04/2026 and `$` mean.
    ///   - expectedCurrency: An ISO 4217 code: decides which dollar `$` is.
    public init(photo: Data, locale: String? = nil, expectedCurrency: String? = nil) {
        self.init(photos: [.bytes(photo)], locale: locale, expectedCurrency: expectedCurrency)
    }

    /// A receipt to be read from a photo in a file, which is opened when the receipt is scanned.
    public init(contentsOf file: URL, locale: String? = nil, expectedCurrency: String? = nil) {
        self.init(photos: [.file(file)], locale: locale, expectedCurrency: expectedCurrency)
    }
}

extension ImageQuestion {
    /// A question about the bytes of a photo as the camera wrote it.
    public init(photo: Data, prompt: String) {
        self.init(photos: [.bytes(photo)], prompt: prompt)
    }

    /// A question about a photo in a file, which is opened when the question is asked.
    public init(contentsOf file: URL, prompt: String) {
        self.init(photos: [.file(file)], prompt: prompt)
    }
}
