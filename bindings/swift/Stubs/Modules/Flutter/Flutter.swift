// Declarations of exactly those calls of Flutter's framework that the plugin for iOS and macOS makes, by their names in
// api.flutter.dev, with what a test needs to play Dart. Flutter's own framework is on Google's servers alone.

import Foundation

public typealias FlutterResult = (Any?) -> Void  // Flutter: FlutterResult

// Flutter: FlutterMethodNotImplemented
// swift-format-ignore: AlwaysUseLowerCamelCase
nonisolated(unsafe) public let FlutterMethodNotImplemented = NSObject()

// Flutter: FlutterPlugin
public protocol FlutterPlugin: NSObjectProtocol {
    static func register(with registrar: any FlutterPluginRegistrar)
    func handle(_ call: FlutterMethodCall, result: @escaping FlutterResult)
}

// Flutter: FlutterPluginRegistrar
public protocol FlutterPluginRegistrar: AnyObject {
    func messenger() -> any FlutterBinaryMessenger
    func addMethodCallDelegate(_ delegate: any FlutterPlugin, channel: FlutterMethodChannel)
}

public protocol FlutterBinaryMessenger: AnyObject {}  // Flutter: FlutterBinaryMessenger

// Flutter: FlutterMethodChannel
public final class FlutterMethodChannel: NSObject {
    public let name: String

    public init(name: String, binaryMessenger: any FlutterBinaryMessenger) {
        self.name = name
    }
}

// Flutter: FlutterMethodCall
public final class FlutterMethodCall: NSObject {
    public let method: String
    public let arguments: Any?

    public init(methodName: String, arguments: Any?) {
        (method, self.arguments) = (methodName, arguments)
    }
}

// Flutter: FlutterError
public final class FlutterError: NSObject {
    public let code: String
    public let message: String?

    public init(code: String, message: String?, details: Any?) {
        (self.code, self.message) = (code, message)
    }
}

// Flutter: FlutterStandardTypedData
public final class FlutterStandardTypedData: NSObject {
    public let data: Data

    public init(bytes: Data) {
        data = bytes
    }
}
