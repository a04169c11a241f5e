// Declarations of exactly those calls of Apple's frameworks that the package's guarded code uses, so that Linux
// compiles that code, and tests run it. Each has the name under which developer.apple.com documents it in a comment.
// Nothing here is shipped: Package.swift adds these modules on Linux alone, where AIPASS_APPLE_STUBS is set.
//
// How they behave is in Behaviour.swift: as the documentation says, and no further.
// SwiftUI is not declared here.

import Foundation

// MARK: Core Foundation

// Foundation exports it on Apple's platforms, and bridges with `as`. Here both are the same type.
public typealias CFString = String  // Core Foundation: CFString
public typealias CFDictionary = [String: Any]  // Core Foundation: CFDictionary
public typealias CFData = Data  // Core Foundation: CFData
public typealias CFMutableData = NSMutableData  // Core Foundation: CFMutableData
public typealias CFURL = URL  // Core Foundation: CFURL
public typealias CFTypeRef = Any  // Core Foundation: CFTypeRef
public typealias OSStatus = Int32  // Kernel: OSStatus

// MARK: Security, Keychain Services

public let kSecClass: CFString = "class"  // Security: kSecClass
public let kSecClassGenericPassword: CFString = "genp"  // Security: kSecClassGenericPassword
public let kSecAttrService: CFString = "svce"  // Security: kSecAttrService
public let kSecAttrAccount: CFString = "acct"  // Security: kSecAttrAccount
public let kSecAttrGeneric: CFString = "gena"  // Security: kSecAttrGeneric
public let kSecAttrAccessGroup: CFString = "agrp"  // Security: kSecAttrAccessGroup
public let kSecAttrAccessible: CFString = "pdmn"  // Security: kSecAttrAccessible
// Security: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly
public let kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly: CFString = "cku"
public let kSecUseDataProtectionKeychain: CFString = "nleg"  // Security: kSecUseDataProtectionKeychain
public let kSecValueData: CFString = "v_Data"  // Security: kSecValueData
public let kSecReturnData: CFString = "r_Data"  // Security: kSecReturnData
public let kSecReturnAttributes: CFString = "r_Attributes"  // Security: kSecReturnAttributes
public let kSecMatchLimit: CFString = "m_Limit"  // Security: kSecMatchLimit
public let kSecMatchLimitOne: CFString = "m_LimitOne"  // Security: kSecMatchLimitOne

public let errSecSuccess: OSStatus = 0  // Security: errSecSuccess
public let errSecDiskFull: OSStatus = -34  // Security: errSecDiskFull
public let errSecNotAvailable: OSStatus = -25291  // Security: errSecNotAvailable
public let errSecDuplicateItem: OSStatus = -25299  // Security: errSecDuplicateItem
public let errSecItemNotFound: OSStatus = -25300  // Security: errSecItemNotFound
public let errSecInteractionNotAllowed: OSStatus = -25308  // Security: errSecInteractionNotAllowed
public let errSecDecode: OSStatus = -26275  // Security: errSecDecode
public let errSecMissingEntitlement: OSStatus = -34018  // Security: errSecMissingEntitlement

// Security: SecItemCopyMatching(_:_:)
// swift-format-ignore: AlwaysUseLowerCamelCase
public func SecItemCopyMatching(_ query: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?) -> OSStatus {
    KeychainStub.shared.copyMatching(query, result)
}

// Security: SecItemAdd(_:_:)
// swift-format-ignore: AlwaysUseLowerCamelCase
public func SecItemAdd(_ attributes: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?) -> OSStatus {
    KeychainStub.shared.add(attributes)
}

// Security: SecItemUpdate(_:_:)
// swift-format-ignore: AlwaysUseLowerCamelCase
public func SecItemUpdate(_ query: CFDictionary, _ attributesToUpdate: CFDictionary) -> OSStatus {
    KeychainStub.shared.update(query, attributesToUpdate)
}

// Security: SecItemDelete(_:)
// swift-format-ignore: AlwaysUseLowerCamelCase
public func SecItemDelete(_ query: CFDictionary) -> OSStatus {
    KeychainStub.shared.delete(query)
}

// Security: SecCopyErrorMessageString(_:_:)
// swift-format-ignore: AlwaysUseLowerCamelCase
public func SecCopyErrorMessageString(_ status: OSStatus, _ reserved: UnsafeMutableRawPointer?) -> CFString? {
    "status \(status)"
}

// MARK: AuthenticationServices

// AuthenticationServices: ASPresentationAnchor
public typealias ASPresentationAnchor = UIWindow

// AuthenticationServices: ASWebAuthenticationPresentationContextProviding
@MainActor
public protocol ASWebAuthenticationPresentationContextProviding: NSObjectProtocol {
    // AuthenticationServices: presentationAnchor(for:)
    func presentationAnchor(for session: ASWebAuthenticationSession) -> ASPresentationAnchor
}

// AuthenticationServices: ASWebAuthenticationSession
public class ASWebAuthenticationSession: NSObject {
    // AuthenticationServices: ASWebAuthenticationSession.CompletionHandler
    public typealias CompletionHandler = (URL?, (any Error)?) -> Void

    // AuthenticationServices: ASWebAuthenticationSession.Callback
    public struct Callback {
        let form: String

        // AuthenticationServices: https(host:path:)
        public static func https(host: String, path: String) -> Callback {
            Callback(form: "https://\(host)\(path)")
        }
    }

    // AuthenticationServices: presentationContextProvider
    public weak var presentationContextProvider: (any ASWebAuthenticationPresentationContextProviding)?
    // AuthenticationServices: prefersEphemeralWebBrowserSession
    public var prefersEphemeralWebBrowserSession = false

    private let url: URL
    private let form: String
    private let handler: CompletionHandler

    // AuthenticationServices: init(url:callbackURLScheme:completionHandler:)
    public init(url: URL, callbackURLScheme: String?, completionHandler: @escaping CompletionHandler) {
        (self.url, form, handler) = (url, callbackURLScheme ?? "", completionHandler)
    }

    // AuthenticationServices: init(url:callback:completionHandler:)
    public init(url: URL, callback: Callback, completionHandler: @escaping CompletionHandler) {
        (self.url, form, handler) = (url, callback.form, completionHandler)
    }

    // AuthenticationServices: start()
    public func start() -> Bool {
        let shown = SignInBrowserStub.Page(url: url, callback: form, isEphemeral: prefersEphemeralWebBrowserSession)
        return SignInBrowserStub.shared.show(shown, handler)
    }

    // AuthenticationServices: cancel()
    public func cancel() {
        SignInBrowserStub.shared.close()
    }
}

// AuthenticationServices: ASWebAuthenticationSessionError
public struct ASWebAuthenticationSessionError: CustomNSError {
    // AuthenticationServices: ASWebAuthenticationSessionError.Code
    public enum Code: Int, Sendable {
        // AuthenticationServices: ASWebAuthenticationSessionError.Code.canceledLogin, …
        case canceledLogin = 1
        case presentationContextNotProvided, presentationContextInvalid
    }

    public let code: Code
    private let reason: String?

    // Foundation: CustomNSError.errorUserInfo
    public var errorUserInfo: [String: Any] {
        reason.map { [NSLocalizedFailureReasonErrorKey: $0] } ?? [:]
    }

    // Foundation: CustomNSError.errorCode
    public var errorCode: Int {
        code.rawValue
    }

    public init(_ code: Code, reason: String? = nil) {
        (self.code, self.reason) = (code, reason)
    }
}

// MARK: Core Graphics and ImageIO

// Core Graphics: CGImage
public final class CGImage: Sendable {
    public let width: Int  // Core Graphics: CGImage.width
    public let height: Int  // Core Graphics: CGImage.height

    public init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
    }
}

public final class CGImageSource: Sendable {  // ImageIO: CGImageSource
    let image: CGImage

    init(image: CGImage) {
        self.image = image
    }
}

public final class CGImageDestination {  // ImageIO: CGImageDestination
    let file: NSMutableData
    var written: (image: CGImage, options: CFDictionary)?

    init(file: NSMutableData) {
        self.file = file
    }
}

// ImageIO: CGImagePropertyOrientation
public enum CGImagePropertyOrientation: UInt32, Sendable {
    case up = 1
    case upMirrored, down, downMirrored, leftMirrored, right, rightMirrored, left
}

public let kCGImagePropertyPixelWidth: CFString = "PixelWidth"  // ImageIO: kCGImagePropertyPixelWidth
public let kCGImagePropertyPixelHeight: CFString = "PixelHeight"  // ImageIO: kCGImagePropertyPixelHeight
public let kCGImagePropertyOrientation: CFString = "Orientation"  // ImageIO: kCGImagePropertyOrientation
// ImageIO: kCGImageSourceCreateThumbnailFromImageAlways
public let kCGImageSourceCreateThumbnailFromImageAlways: CFString = "kCGImageSourceCreateThumbnailFromImageAlways"
// ImageIO: kCGImageSourceCreateThumbnailWithTransform
public let kCGImageSourceCreateThumbnailWithTransform: CFString = "kCGImageSourceCreateThumbnailWithTransform"
// ImageIO: kCGImageSourceThumbnailMaxPixelSize
public let kCGImageSourceThumbnailMaxPixelSize: CFString = "kCGImageSourceThumbnailMaxPixelSize"
// ImageIO: kCGImageDestinationLossyCompressionQuality
public let kCGImageDestinationLossyCompressionQuality: CFString = "kCGImageDestinationLossyCompressionQuality"
// ImageIO: kCGImageDestinationImageMaxPixelSize
public let kCGImageDestinationImageMaxPixelSize: CFString = "kCGImageDestinationImageMaxPixelSize"

// ImageIO: CGImageSourceCreateWithData(_:_:)
// swift-format-ignore: AlwaysUseLowerCamelCase
public func CGImageSourceCreateWithData(_ data: CFData, _ options: CFDictionary?) -> CGImageSource? {
    ImageStub.decode(data).map(CGImageSource.init)
}

// ImageIO: CGImageSourceCreateWithURL(_:_:)
// swift-format-ignore: AlwaysUseLowerCamelCase
public func CGImageSourceCreateWithURL(_ url: CFURL, _ options: CFDictionary?) -> CGImageSource? {
    (try? Data(contentsOf: url)).flatMap(ImageStub.decode).map(CGImageSource.init)
}

// ImageIO: CGImageSourceGetCount(_:)
// swift-format-ignore: AlwaysUseLowerCamelCase
public func CGImageSourceGetCount(_ source: CGImageSource) -> Int {
    1
}

// ImageIO: CGImageSourceCopyPropertiesAtIndex(_:_:_:), which returns a CFDictionary that has to be cast
// swift-format-ignore: AlwaysUseLowerCamelCase
public func CGImageSourceCopyPropertiesAtIndex(
    _ source: CGImageSource, _ index: Int, _ options: CFDictionary?
) -> CFTypeRef? {
    [kCGImagePropertyPixelWidth: source.image.width, kCGImagePropertyPixelHeight: source.image.height]
}

// ImageIO: CGImageSourceCreateThumbnailAtIndex(_:_:_:)
// swift-format-ignore: AlwaysUseLowerCamelCase
public func CGImageSourceCreateThumbnailAtIndex(
    _ source: CGImageSource, _ index: Int, _ options: CFDictionary?
) -> CGImage? {
    ImageStub.shrunk(source.image, to: options?[kCGImageSourceThumbnailMaxPixelSize] as? Int)
}

// ImageIO: CGImageDestinationCreateWithData(_:_:_:_:)
// swift-format-ignore: AlwaysUseLowerCamelCase
public func CGImageDestinationCreateWithData(
    _ data: CFMutableData, _ type: CFString, _ count: Int, _ options: CFDictionary?
) -> CGImageDestination? {
    type == "public.jpeg" ? CGImageDestination(file: data) : nil
}

// ImageIO: CGImageDestinationAddImage(_:_:_:)
// swift-format-ignore: AlwaysUseLowerCamelCase
public func CGImageDestinationAddImage(
    _ destination: CGImageDestination, _ image: CGImage, _ properties: CFDictionary?
) {
    destination.written = (image, properties ?? [:])
}

// ImageIO: CGImageDestinationFinalize(_:)
// swift-format-ignore: AlwaysUseLowerCamelCase
public func CGImageDestinationFinalize(_ destination: CGImageDestination) -> Bool {
    guard let (image, options) = destination.written else { return false }
    let shrunk = ImageStub.shrunk(image, to: options[kCGImageDestinationImageMaxPixelSize] as? Int)
    let orientation = options[kCGImagePropertyOrientation] as? UInt32 ?? 1
    destination.file.append(ImageStub.jpeg(shrunk, orientation: orientation))
    return true
}

// MARK: UIKit

// UIKit: UIWindow
@MainActor
public class UIWindow {
    public let isKeyWindow = true  // UIKit: isKeyWindow

    public init() {}
}

// UIKit: UIScene
public class UIScene: NSObject {}

// UIKit: UIWindowScene
public final class UIWindowScene: UIScene {
    @MainActor public var windows: [UIWindow] { [UIWindow()] }  // UIKit: windows
}

// UIKit: UIImage
public final class UIImage: Sendable {
    // UIKit: UIImage.Orientation
    public enum Orientation: Int, Sendable {
        case up, down, left, right, upMirrored, downMirrored, leftMirrored, rightMirrored
    }

    public let cgImage: CGImage?  // UIKit: cgImage
    public let imageOrientation: Orientation  // UIKit: imageOrientation

    public init(cgImage: CGImage?, orientation: Orientation) {
        (self.cgImage, imageOrientation) = (cgImage, orientation)
    }
}

// UIKit: UIApplication
@MainActor
public final class UIApplication {
    // UIKit: UIApplication.OpenExternalURLOptionsKey
    public typealias OpenExternalURLOptionsKey = String

    public static let shared = UIApplication()  // UIKit: shared
    public let connectedScenes: Set<UIScene> = [UIWindowScene()]  // UIKit: connectedScenes

    /// What was opened, and whether anything can be.
    public var opened: [URL] = []
    public var canOpen = true

    // UIKit: open(_:options:completionHandler:)
    public func open(
        _ url: URL, options: [OpenExternalURLOptionsKey: Any],
        completionHandler: (@MainActor @Sendable (Bool) -> Void)?
    ) {
        if canOpen { opened.append(url) }
        completionHandler?(canOpen)
    }

    // UIKit: willEnterForegroundNotification
    public static let willEnterForegroundNotification = Notification.Name("willEnterForegroundNotification")
}
