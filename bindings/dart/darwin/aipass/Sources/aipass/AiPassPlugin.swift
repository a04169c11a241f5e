import Foundation

#if os(macOS)
    import AppKit
    import FlutterMacOS
#else
    import Flutter
    import UIKit
#endif

/// What Dart asks of iOS and macOS, in lib/src/platform/phone.dart: a folder, a key, the browser, and the callback that
/// comes back from it.
///
/// Never compiled with Apple's SDK and Flutter's framework yet: Linux compiles it against declarations of our own,
/// bindings/swift/Stubs.
public final class AiPassPlugin: NSObject, FlutterPlugin {
    @MainActor private var signIn: SignIn?

    public static func register(with registrar: FlutterPluginRegistrar) {
        #if os(macOS)
            let messenger = registrar.messenger
        #else
            let messenger = registrar.messenger()
        #endif
        let channel = FlutterMethodChannel(name: "one.aipass/platform", binaryMessenger: messenger)
        registrar.addMethodCallDelegate(AiPassPlugin(), channel: channel)
    }

    // Flutter calls it on the main thread.
    public func handle(_ call: FlutterMethodCall, result: @escaping FlutterResult) {
        MainActor.assumeIsolated { answer(call, result) }
    }

    @MainActor
    private func answer(_ call: FlutterMethodCall, _ result: @escaping FlutterResult) {
        switch (call.method, call.arguments) {
        case ("storeDirectory", let name as String):
            inBackground(result) { try storeDirectory(name).path }
        case ("storeKey", let name as String):
            inBackground(result) { try FlutterStandardTypedData(bytes: storeKey(name)) }
        case ("openInBrowser", let url as String):
            openInBrowser(url, result)
        case ("authorize", let addresses as [String: String]):
            authorize(addresses, result)
        case ("takeCallback", _):
            // Where the system ends the app, it closes the sign-in browser too: no callback comes later.
            result(nil)
        default:
            result(FlutterMethodNotImplemented)
        }
    }

    @MainActor
    private func authorize(_ addresses: [String: String], _ result: @escaping FlutterResult) {
        signIn?.cancel()
        guard let url = addresses["url"].flatMap(URL.init(string:)),
            let redirectURI = addresses["redirectUri"].flatMap(URLComponents.init(string:))
        else {
            result(FlutterError(code: "unsupported", message: "a sign-in without its addresses", details: nil))
            return
        }
        let signIn = SignIn(end: result)
        self.signIn = signIn
        signIn.begin(url, redirectURI: redirectURI)
    }

    @MainActor
    private func openInBrowser(_ address: String, _ result: @escaping FlutterResult) {
        let refused = FlutterError(code: "no_browser", message: "no app opens this address", details: nil)
        guard let url = URL(string: address) else {
            result(refused)
            return
        }
        #if os(macOS)
            result(NSWorkspace.shared.open(url) ? nil : refused)
        #else
            UIApplication.shared.open(url, options: [:]) { isOpened in
                result(isOpened ? nil : refused)
            }
        #endif
    }

    /// The disk and the Keychain may be slow.
    private func inBackground(_ result: @escaping FlutterResult, _ work: @escaping () throws -> Any) {
        DispatchQueue.global(qos: .userInitiated).async {
            let answer: Any
            do {
                answer = try work()
            } catch let failure as StoreFailure {
                answer = FlutterError(code: failure.code, message: failure.detail, details: nil)
            } catch {
                answer = FlutterError(code: "failed", message: error.localizedDescription, details: nil)
            }
            Task { @MainActor in result(answer) }
        }
    }
}
