import Foundation

/// The app's own texts, in English and German. The raw value is the key in `Localizable.strings`.
public enum AppText: String, CaseIterable, Sendable {
    case title, choosePhoto, takePhoto, reading, question, ask, answering, answer, signOut

    /// The text in the user's language.
    public func callAsFunction() -> String {
        Bundle.module.localizedString(forKey: rawValue, value: rawValue, table: nil)
    }

    static func file(of language: String) -> URL? {
        Bundle.module.url(
            forResource: "Localizable", withExtension: "strings", subdirectory: nil, localization: language)
    }
}
