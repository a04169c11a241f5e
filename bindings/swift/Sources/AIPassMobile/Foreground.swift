import Foundation

/// Tells the library each time that the app comes back to the front, for as long as this object lives: connections that
/// died in the background are then not used again, and changes by other processes are seen.
///
/// ```swift
/// let foreground = ForegroundObserver(ai)
/// ```
public final class ForegroundObserver: @unchecked Sendable {
    private let center: NotificationCenter
    private let token: any NSObjectProtocol

    /// - Parameters:
    ///   - client: Whom to tell.
    ///   - name: The notification to wait for, such as `UIApplication.willEnterForegroundNotification`.
    public init(_ client: any AIPassClient, name: Notification.Name, center: NotificationCenter = .default) {
        self.center = center
        token = center.addObserver(forName: name, object: nil, queue: nil) { _ in client.resumed() }
    }

    deinit {
        center.removeObserver(token)
    }
}

#if canImport(UIKit) && !os(watchOS)
    import UIKit

    extension ForegroundObserver {
        /// Waits for the app to enter the foreground.
        @MainActor
        public convenience init(_ client: any AIPassClient) {
            self.init(client, name: UIApplication.willEnterForegroundNotification)
        }
    }
#elseif canImport(AppKit)
    import AppKit

    extension ForegroundObserver {
        /// Waits for the app to become the active one.
        @MainActor
        public convenience init(_ client: any AIPassClient) {
            self.init(client, name: NSApplication.didBecomeActiveNotification)
        }
    }
#endif
