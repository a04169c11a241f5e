#if canImport(SwiftUI)
    import SwiftUI

    // Never compiled yet, because that takes a Mac: the project's CI runs on Linux and checks the syntax only.

    /// How this module's views look. Text sizes follow Dynamic Type, and colours follow light and dark by themselves.
    public struct AIPassTheme: Sendable {
        /// The colour of buttons; `nil` is the app's accent colour.
        public var accent: Color?
        /// The colour of what needs attention: a low balance, a field that cannot be used.
        public var warning: Color

        public init(accent: Color? = nil, warning: Color = .orange) {
            self.accent = accent
            self.warning = warning
        }
    }

    private struct ThemeKey: EnvironmentKey {
        static let defaultValue = AIPassTheme()
    }

    extension EnvironmentValues {
        /// How this module's views look.
        public var aiPassTheme: AIPassTheme {
            get { self[ThemeKey.self] }
            set { self[ThemeKey.self] = newValue }
        }
    }

    extension View {
        /// Sets how this module's views look inside of this one.
        public func aiPassTheme(_ theme: AIPassTheme) -> some View {
            environment(\.aiPassTheme, theme)
        }
    }
#endif
