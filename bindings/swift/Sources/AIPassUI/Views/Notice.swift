#if canImport(SwiftUI)
    import SwiftUI

    // Never compiled yet, because that takes a Mac: the project's CI runs on Linux and checks the syntax only.

    /// A sentence with a symbol before it. The words say all: the symbol alone has the colour, in which words would be hard
    /// to read, and VoiceOver skips it.
    struct Notice: View {
        private let text: String
        private let symbol: String
        private let colour: Color

        init(_ text: String, symbol: String, colour: Color) {
            (self.text, self.symbol, self.colour) = (text, symbol, colour)
        }

        var body: some View {
            Label {
                Text(text)
            } icon: {
                Image(systemName: symbol).foregroundStyle(colour).accessibilityHidden(true)
            }
        }
    }

    /// A name and a value side by side, or one below the other where the text is very large.
    struct NameAndValue: View {
        @Environment(\.dynamicTypeSize) private var size
        private let name: String
        private let value: String

        init(_ name: String, _ value: String) {
            (self.name, self.value) = (name, value)
        }

        var body: some View {
            if size.isAccessibilitySize {
                VStack(alignment: .leading) {
                    Text(name)
                    Text(value).monospacedDigit()
                }
            } else {
                HStack(alignment: .firstTextBaseline) {
                    Text(name)
                    Spacer()
                    Text(value).monospacedDigit().multilineTextAlignment(.trailing)
                }
            }
        }
    }
#endif
