import AIPassProbe
import Testing

// S3: a bug in Rust is an error in the app, not its end.
struct PanicTests {
    @Test func aPanicInACallsWorkIsAnErrorOfTheLibrary() async throws {
        await #expect(throws: ProbeError.Failed(code: "storage_failed")) { try await panicInACall() }
    }

    @Test func aPanicOnTheCallersThreadArrivesAsAnError() {
        #expect(throws: (any Error).self) { try panicHere() }
    }
}
