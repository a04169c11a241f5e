import AIPassMobile
import Foundation

/// The steps that talk to a chat model.
struct Talk {
    let ai: AIPass
    let step: Step

    /// Takes the step; `nil` if it is none of these.
    func take() async throws -> JSON? {
        switch try step.name {
        case "chat": return try await limited().chat(request()).facts
        case "estimate": return try await ai.estimate(request: .chat(request: request())).facts
        case "chat_stream": return try await chatStream()
        case "conversation": return try await conversation()
        case "describe_image":
            return try await ai.describeImage(ImageQuestion(photos: step.photos, prompt: step.text("prompt"))).facts
        case "extract_json":
            let schema = (step["schema"] ?? .null).description
            return ["json": try await ai.extract(JSON.self, from: step.photos, schema: schema)]
        case "scan_receipt":
            return try await scanReceipt().facts
        case "scan_receipts":
            return ["receipts": .array(try await ai.scanReceipts(receiptScan()).map(\.facts))]
        default: return nil
        }
    }

    private func scanReceipt() async throws -> Receipt {
        var receipt = try await ai.scanReceipt(receiptScan())
        guard let amount = step.optional("corrected_amount").flatMap({ Decimal(string: $0) }) else { return receipt }
        receipt.amount = amount
        return receipt.judged(locale: step.optional("locale"))
    }

    private func receiptScan() -> ReceiptScan {
        var scan = ReceiptScan(
            photos: step.photos, locale: step.optional("locale"), expectedCurrency: step.optional("expected_currency"))
        if let detail = step.optional("detail") { scan.detail = detail == "summary" ? .summary : .full }
        return scan
    }

    /// The client, with the limit of the step's `max_cost`.
    private func limited() -> AIPass {
        ai.with(CallOptions(maxCost: step.optional("max_cost").flatMap { Decimal(string: $0) }))
    }

    private func chatStream() async throws -> JSON {
        let cancelAfter = step.number("cancel_after")
        let stream = try await limited().chatStream(request())
        var said = ""
        var pieces: UInt32 = 0
        for try await event in stream {
            guard case .text(let piece, 0) = event else { continue }
            said += piece
            pieces += 1
            if pieces == cancelAfter { break }
        }
        if cancelAfter != nil { return ["text": .string(said)] }
        let answer = try await stream.answer()
        guard answer.text == said else {
            throw TestFailure("the pieces make \"\(said)\", and the answer is \"\(answer.text)\"")
        }
        return answer.facts
    }

    private func conversation() async throws -> JSON {
        let budget = ConversationBudget(maxMessages: step.number("max_messages"))
        let start = ChatRequest(messages: [.system("You answer briefly.")])
        let conversation = try Conversation(start: start, budget: budget)
        var texts: [JSON] = []
        for prompt in step.texts("prompts") {
            texts.append(.string(try await conversation.ask(prompt, ai: ai).text))
        }
        // As after the app was started again.
        let resumed = try Conversation.resume(start: start, budget: budget, saved: conversation.save())
        return ["texts": .array(texts), "messages": .number(Double(resumed.messages().count))]
    }

    func request() throws -> ChatRequest {
        let content = [.text(text: try step.text("prompt"))] + step.photos.map { ContentPart.photo(photo: $0) }
        var request = ChatRequest(messages: [Message(role: .user, content: content)])
        request.seed = step["seed"]?.number.map { Int64($0) }
        request.model = step.optional("model")
        if step["fallback"]?.string != nil {
            request.fallback = .anySuitable
        } else if step["fallback"] != nil {
            request.fallback = .models(models: step.texts("fallback"))
        }
        request.n = step.number("n")
        request.maxTokens = step.number("max_tokens")
        request.topLogprobs = step.number("top_logprobs")
        request.tools = try (step["tools"]?.array ?? []).map { tool in
            let described = Step(json: tool)
            return Tool(
                name: try described.text("name"), description: try described.text("description"),
                parametersJSON: (tool["parameters"] ?? .null).description)
        }
        request.toolChoice = step.optional("tool_choice").map { choice in
            switch choice {
            case "auto": .auto
            case "never": .never
            case "required": .required
            default: .tool(name: choice)
            }
        }
        request.responseFormat = step["schema"].map {
            .jsonSchema(name: "answer", schemaJSON: $0.description, strict: false)
        }
        return request
    }
}
