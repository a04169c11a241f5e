#if canImport(SwiftUI)
    import SwiftUI

    // Never compiled yet, because that takes a Mac: the project's CI runs on Linux and checks the syntax only.

    /// Says why a photo may not be readable, before money is spent on it, and lets the user decide: a section of a form or
    /// a list.
    public struct PhotoNoticeView: View {
        @Environment(\.aiPassTheme) private var theme
        private let notice: PhotoNotice
        private let scanAnyway: @MainActor () -> Void
        private let takeAnother: @MainActor () -> Void

        public init(
            _ notice: PhotoNotice, scanAnyway: @escaping @MainActor () -> Void,
            takeAnother: @escaping @MainActor () -> Void
        ) {
            self.notice = notice
            self.scanAnyway = scanAnyway
            self.takeAnother = takeAnother
        }

        public var body: some View {
            Section {
                ForEach(notice.reasons, id: \.self) { reason in
                    Notice(reason(), symbol: "exclamationmark.triangle", colour: theme.warning)
                }
                Button(UIText.photoTakeAnother()) { takeAnother() }
                Button(UIText.photoScanAnyway()) { scanAnyway() }
            } header: {
                Text(UIText.photoTitle())
            } footer: {
                Text(UIText.photoFree())
            }
            .tint(theme.accent)
        }
    }
#endif
