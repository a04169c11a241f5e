import Testing

/// Expects an error of this type, and returns it.
@discardableResult
func expectError<Thrown: Error, Result>(
    _ type: Thrown.Type, sourceLocation: SourceLocation = #_sourceLocation, from work: () async throws -> Result
) async -> Thrown? {
    do {
        _ = try await work()
        Issue.record("nothing was thrown", sourceLocation: sourceLocation)
    } catch let error as Thrown {
        return error
    } catch {
        Issue.record(error, sourceLocation: sourceLocation)
    }
    return nil
}
