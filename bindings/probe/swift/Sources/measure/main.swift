import AIPassMobile
import AIPassProbe
import Foundation

// Cold start and the cost of a call for Swift, beside UniFFI's bare functions. Prints one JSON object of nanoseconds, medians of many rounds.

let rounds = 21
let callsARound = 2_000

func nanoseconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) * 1e9 + Double(duration.components.attoseconds) / 1e9
}

func median(_ values: [Double]) -> Double {
    values.sorted()[values.count / 2]
}

func perCall(_ call: () -> Void) -> Double {
    let clock = ContinuousClock()
    return nanoseconds(clock.measure { for _ in 0..<callsARound { call() } }) / Double(callsARound)
}

func perCall(_ call: () async throws -> Void) async throws -> Double {
    let clock = ContinuousClock()
    let spent = try await clock.measure { for _ in 0..<callsARound { try await call() } }
    return nanoseconds(spent) / Double(callsARound)
}

// The cold start first, while nothing is loaded or started.
let clock = ContinuousClock()
let begun = clock.now
let ai = try AIPass(
    clientID: "client_123", redirectURI: "myapp://auth/callback", store: MemoryStore())
_ = try await ai.beginSignIn(SignInOptions())
let coldStart = nanoseconds(clock.now - begun)
try await ai.cancelSignIn()

let bare = Bare()
let cancellation = Cancellation()
var measured: [String: [Double]] = [:]
for _ in 0..<rounds {
    // Side by side, so that whatever else the machine does falls on all of them.
    measured["sync_bare", default: []].append(perCall { _ = bare.call() })
    measured["sync", default: []].append(perCall { _ = cancellation.isCancelled() })
    measured["async_bare", default: []].append(try await perCall { _ = await bare.callAsync() })
    measured["async_elsewhere", default: []].append(try await perCall { _ = await bare.callAsyncElsewhere() })
    measured["async", default: []].append(try await perCall { _ = try await ai.sessionState() })
}
var report = measured.mapValues(median)
report["cold_start"] = coldStart
print(String(decoding: try JSONSerialization.data(withJSONObject: report, options: [.sortedKeys]), as: UTF8.self))
