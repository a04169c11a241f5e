import Foundation

extension AIPass {
    /// Reads from photos what a JSON schema describes, as a value of the app's own type. One paid call.
    ///
    /// - Parameters:
    ///   - type: What to decode.
    ///   - photos: The photos, read together and in this order.
    ///   - schema: The form of the answer: a JSON schema, an object as text, that describes `type`.
    ///   - decoder: Decodes the answer, such as one that knows how the schema writes dates.
    /// - Throws: As `extract(_:_:decoder:)`.
    public func extract<Value: Decodable>(
        _ type: Value.Type = Value.self,
        from photos: [Photo],
        schema: String,
        decoder: JSONDecoder = JSONDecoder()
    ) async throws -> Value {
        try await extract(type, JSONExtraction(photos: photos, schemaJSON: schema), decoder: decoder)
    }

    /// The same with all that can be said about an extraction.
    ///
    /// - Throws: As `extractJSON(_:)`, and `AIPassError.invalidOutput` with the JSON if that is none of this type.
    public func extract<Value: Decodable>(
        _ type: Value.Type = Value.self,
        _ extraction: JSONExtraction,
        decoder: JSONDecoder = JSONDecoder()
    ) async throws -> Value {
        let extracted = try await extractJSON(extraction)
        do {
            return try decoder.decode(type, from: Data(extracted.json.utf8))
        } catch {
            throw AIPassError.invalidOutput(
                text: extracted.json, requestID: extracted.requestID,
                detail: "the JSON is not of the app's type: \(whatIsWrong(error))")
        }
    }
}

/// What could not be decoded, and where; not what stands there, which a log should not have.
private func whatIsWrong(_ error: Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, let context): "\(key.stringValue) is missing at \(place(context))"
    case DecodingError.valueNotFound(let type, let context): "there is no \(type) at \(place(context))"
    case DecodingError.typeMismatch(let type, let context): "there is something other than \(type) at \(place(context))"
    case DecodingError.dataCorrupted(let context): "it cannot be decoded at \(place(context))"
    default: "\(type(of: error))"
    }
}

private func place(_ context: DecodingError.Context) -> String {
    "/" + context.codingPath.map(\.stringValue).joined(separator: "/")
}
