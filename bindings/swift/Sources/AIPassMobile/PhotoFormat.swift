import Foundation

/// Whether the library reads this photo itself, told by its first bytes: JPEG, PNG, GIF and WebP.
func isReadByLibrary(_ start: Data) -> Bool {
    let bytes = [UInt8](start.prefix(12))
    let isWebP = bytes.count == 12 && bytes.starts(with: Array("RIFF".utf8)) && bytes[8...].elementsEqual("WEBP".utf8)
    return isWebP
        || bytes.starts(with: [0xFF, 0xD8, 0xFF])
        || bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        || bytes.starts(with: Array("GIF8".utf8))
}

/// The longer edge, in pixels, to which a photo of this size is shrunk when the system converts it.
///
/// The library shrinks it again: the upload has at most 2048 pixels an edge. So twice as many are enough, but a long
/// paper tape is sent in parts, and keeps its width up to 2048.
func convertedEdge(width: Int, height: Int) -> Int {
    let long = Double(max(1, width, height))
    let short = Double(max(1, min(width, height)))
    let scale = min(1, max(4096 / long, 2048 / short))
    // JPEG has no longer edge; and so many pixels need 200 MB while they are converted.
    let pixels = (50_000_000 / (long * short)).squareRoot()
    return max(1, Int(min(long * scale, long * pixels, 65_535).rounded()))
}

/// An EXIF orientation, from 1 (upright) to 8, for `UIImage.Orientation`'s raw value.
///
/// UIKit counts up, down, left, right and then the same mirrored; EXIF counts otherwise.
func exifOrientation(uiImageOrientation raw: Int) -> UInt32 {
    let table: [UInt32] = [1, 3, 8, 6, 2, 4, 5, 7]
    return table.indices.contains(raw) ? table[raw] : 1
}
