import Foundation

extension URL {
    /// The path of a file's URL. Any other URL names no file, and becomes a path where none can be.
    var pathOfFile: String {
        isFileURL ? path : "/dev/null/not a file's URL"
    }
}
