import AppleStubs
import Flutter
import Foundation
import Testing

@testable import aipass

/// An answer as Dart gets it.
enum Answer: Equatable, Sendable {
    case value(String?)
    case bytes(Data)
    case error(String, String?)
    case notImplemented
}

/// One engine, whose Dart this is.
@MainActor
final class Engine: FlutterPluginRegistrar, FlutterBinaryMessenger {
    private var plugin: (any FlutterPlugin)?

    init() {
        AiPassPlugin.register(with: self)
    }

    nonisolated func messenger() -> any FlutterBinaryMessenger {
        self
    }

    nonisolated func addMethodCallDelegate(_ delegate: any FlutterPlugin, channel: FlutterMethodChannel) {
        precondition(channel.name == "one.aipass/platform")
        nonisolated(unsafe) let delegate = delegate
        MainActor.assumeIsolated { plugin = delegate }
    }

    func ask(_ method: String, _ arguments: Any? = nil) async -> Answer {
        // Its first value counts; a second one would be a second answer.
        let (answers, continuation) = AsyncStream.makeStream(of: Answer.self)
        plugin?.handle(FlutterMethodCall(methodName: method, arguments: arguments)) { value in
            switch value {
            case nil: continuation.yield(.value(nil))
            case let text as String: continuation.yield(.value(text))
            case let typed as FlutterStandardTypedData: continuation.yield(.bytes(typed.data))
            case let error as FlutterError: continuation.yield(.error(error.code, error.message))
            default: continuation.yield(.notImplemented)
            }
        }
        var iterator = answers.makeAsyncIterator()
        return await iterator.next() ?? .notImplemented
    }

    func authorize(redirectURI: String = "myapp://auth/callback") async -> Answer {
        await ask("authorize", ["url": "https://provider.invalid/authorize", "redirectUri": redirectURI])
    }

    func key(_ name: String = "aipass-client") async -> Data? {
        if case .bytes(let key) = await ask("storeKey", name) { return key }
        return nil
    }
}

/// The Flutter plugin's part in Swift, against declarations of Apple's and Flutter's calls.
@Suite(.serialized)
@MainActor
struct AiPassPluginTests {
    private let engine = Engine()
    private let browser = SignInBrowserStub.shared
    private let callback = "myapp://auth/callback?code=1&state=2"

    init() {
        KeychainStub.shared.reset()
        browser.reset(user: nil)
        UIApplication.shared.opened = []
        UIApplication.shared.canOpen = true
    }

    @Test func aSignInBringsItsCallback() async {
        browser.reset { [callback] _ in .success(URL(string: callback)!) }
        #expect(await engine.authorize() == .value(callback))
        #expect(browser.pages.map(\.callback) == ["myapp"])
        #expect(browser.pages.map(\.url.absoluteString) == ["https://provider.invalid/authorize"])
    }

    @Test func anHTTPSCallbackIsToldByHostAndPath() async {
        browser.reset { _ in .success(URL(string: "https://app.example/callback?code=1")!) }
        #expect(
            await engine.authorize(redirectURI: "https://app.example/callback")
                == .value("https://app.example/callback?code=1"))
        #expect(browser.pages.map(\.callback) == ["https://app.example/callback"])
    }

    @Test func aUserWhoClosesThePageIsTold() async {
        browser.reset { _ in .failure(ASWebAuthenticationSessionError(.canceledLogin)) }
        #expect(await engine.authorize() == .value(nil))
    }

    @Test func aRefusalByTheSystemHasItsReason() async {
        let reason = "The app is not associated with domain app.example."
        browser.reset { _ in .failure(ASWebAuthenticationSessionError(.canceledLogin, reason: reason)) }
        let refused = await engine.authorize(redirectURI: "https://app.example/callback")
        #expect(refused == .error("unsupported", "this sign-in browser: \(reason)"))
    }

    @Test func aWindowThatCannotShowAPageIsUnsupported() async {
        #expect(await engine.authorize() == .error("unsupported", "a sign-in browser over this window"))
    }

    @Test func aRedirectURIThatNoAppReceivesIsUnsupported() async {
        browser.reset { _ in nil }
        let refused = await engine.authorize(redirectURI: "http://127.0.0.1:1/callback")
        guard case .error("unsupported", let message?) = refused else {
            Issue.record("\(refused)")
            return
        }
        #expect(message.contains("http://127.0.0.1:1/callback"))
        #expect(browser.pages.isEmpty)
    }

    @Test func aSecondSignInEndsTheFirst() async {
        browser.reset { [callback, browser] _ in browser.pages.count == 1 ? nil : .success(URL(string: callback)!) }
        async let first = engine.authorize()
        while !browser.isOpen { await Task.yield() }
        #expect(await engine.authorize() == .value(callback))
        #expect(await first == .value(nil))
    }

    @Test func aPageIsOpenedInTheBrowser() async {
        #expect(await engine.ask("openInBrowser", "https://pay.invalid/?amount=10") == .value(nil))
        #expect(UIApplication.shared.opened.map(\.absoluteString) == ["https://pay.invalid/?amount=10"])
        UIApplication.shared.canOpen = false
        let refused = await engine.ask("openInBrowser", "https://pay.invalid")
        #expect(refused == .error("no_browser", "no app opens this address"))
    }

    @Test func theFolderIsTheAppsOwn() async throws {
        let folder = try storeDirectory("aipass-client")
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(await engine.ask("storeDirectory", "aipass-client") == .value(folder.path))
        #expect(folder.lastPathComponent == "aipass-client")
        #expect(FileManager.default.fileExists(atPath: folder.path))
    }

    @Test func theKeyIsRandomAndTheSameEachTime() async throws {
        let key = try #require(await engine.key())
        #expect(key.count == 32)
        #expect(await engine.key() == key)
        #expect(await engine.key("aipass-other") != key)
        let item = try #require(KeychainStub.shared.items.first)
        #expect(item[kSecAttrAccessible] as? String == kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly)
    }

    @Test func aKeyThatIsDamagedIsReplaced() async throws {
        #expect(SecItemAdd(item(value: Data("short".utf8)), nil) == errSecSuccess)
        let key = try #require(await engine.key())
        #expect(key.count == 32)
        #expect(await engine.key() == key)
    }

    @Test func aKeychainThatRefusesIsToldByKind() async {
        for (status, code) in [
            (errSecInteractionNotAllowed, "unavailable"), (errSecNotAvailable, "unavailable"), (errSecDiskFull, "full"),
            (errSecMissingEntitlement, "failed"), (OSStatus(-1), "failed"),
        ] {
            KeychainStub.shared.fail(with: status)
            guard case .error(code, _) = await engine.ask("storeKey", "aipass-client") else {
                Issue.record("\(status)")
                continue
            }
        }
    }

    @Test func whatItDoesNotKnowIsNotImplemented() async {
        #expect(await engine.ask("takeCallback") == .value(nil))
        #expect(await engine.ask("resumed") == .notImplemented)
        #expect(await engine.ask("storeKey", 1) == .notImplemented)
    }

    private func item(value: Data) -> [CFString: Any] {
        [
            kSecClass: kSecClassGenericPassword, kSecAttrService: "one.aipass.dart", kSecAttrAccount: "aipass-client",
            kSecValueData: value,
        ]
    }
}
