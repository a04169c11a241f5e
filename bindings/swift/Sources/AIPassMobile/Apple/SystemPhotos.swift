#if canImport(ImageIO)
    import CoreGraphics
    import Foundation
    import ImageIO

    // Never compiled with Apple's SDK yet: Linux compiles it against declarations of our own, bindings/swift/Stubs.

    extension Photo {
        /// A photo from the bytes of any image file that the system reads, such as HEIC, AVIF or a camera's raw file.
        /// Takes tens to hundreds of milliseconds: call it on a background thread.
        ///
        /// - Returns: The bytes as they are if the library reads their format itself; else an upright JPEG, shrunk if
        ///   it is larger than any model needs.
        /// - Throws: `AIPassError.invalidInput` naming `photo` if the system cannot read them.
        public static func image(_ bytes: Data) throws -> Photo {
            try known(Photo.bytes(bytes).converted())
        }

        /// A photo from an image file of any format that the system reads, as `image(_:)` with bytes does.
        public static func image(contentsOf file: URL) throws -> Photo {
            try known(Photo.file(file).converted())
        }

        /// A photo from pixels in memory, as a JPEG. Takes tens to hundreds of milliseconds.
        ///
        /// - Parameters:
        ///   - image: The pixels.
        ///   - orientation: Which way up they are; the library turns them.
        /// - Throws: `AIPassError.invalidInput` naming `photo` if the system cannot write them.
        public static func image(_ image: CGImage, orientation: CGImagePropertyOrientation = .up) throws -> Photo {
            .bytes(try jpeg(image, orientation: orientation.rawValue))
        }

        /// This photo, or a JPEG of it if only the system reads its format. `nil` if the system does not either.
        func converted() throws -> Photo? {
            switch self {
            case .bytes(let bytes):
                if isReadByLibrary(bytes) { return self }
                return try Self.jpeg(CGImageSourceCreateWithData(bytes as CFData, nil))
            case .file(let file):
                // What cannot be opened is named by the call that opens it.
                guard let handle = try? FileHandle(forReadingFrom: file) else { return self }
                defer { try? handle.close() }
                let start = (try? handle.read(upToCount: 12)) ?? Data()
                if start.isEmpty || isReadByLibrary(start) { return self }
                return try Self.jpeg(CGImageSourceCreateWithURL(file as CFURL, nil))
            case .url:
                return self
            }
        }

        private static func known(_ photo: Photo?) throws -> Photo {
            guard let photo else { throw unreadable("the system does not know this image format") }
            return photo
        }

        /// An upright JPEG of the first image of a file.
        private static func jpeg(_ source: CGImageSource?) throws -> Photo? {
            guard let source, CGImageSourceGetCount(source) > 0,
                let facts = CGImageSourceCopyPropertiesAtIndex(source, 0, nil) as? [CFString: Any],
                let width = facts[kCGImagePropertyPixelWidth] as? Int,
                let height = facts[kCGImagePropertyPixelHeight] as? Int
            else { return nil }
            let options: [CFString: Any] = [
                // Of the image itself, not the small one that a camera puts into its files; and upright.
                kCGImageSourceCreateThumbnailFromImageAlways: true,
                kCGImageSourceCreateThumbnailWithTransform: true,
                kCGImageSourceThumbnailMaxPixelSize: convertedEdge(width: width, height: height),
            ]
            guard let image = CGImageSourceCreateThumbnailAtIndex(source, 0, options as CFDictionary) else {
                throw unreadable("the system cannot decode this image")
            }
            return .bytes(try jpeg(image, orientation: 1))
        }

        private static func jpeg(_ image: CGImage, orientation: UInt32) throws -> Data {
            let file = NSMutableData()
            let type = "public.jpeg" as CFString
            guard let writer = CGImageDestinationCreateWithData(file as CFMutableData, type, 1, nil) else {
                throw unreadable("the system cannot write JPEG")
            }
            let options: [CFString: Any] = [
                kCGImageDestinationLossyCompressionQuality: 0.9,
                kCGImageDestinationImageMaxPixelSize: convertedEdge(width: image.width, height: image.height),
                kCGImagePropertyOrientation: orientation,
            ]
            CGImageDestinationAddImage(writer, image, options as CFDictionary)
            guard CGImageDestinationFinalize(writer) else { throw unreadable("the system cannot write it as a JPEG") }
            return Data(referencing: file)
        }

        private static func unreadable(_ detail: String) -> AIPassError {
            .invalidInput(input: "photo", detail: detail)
        }
    }
#endif

#if canImport(UIKit) && canImport(ImageIO) && !os(watchOS)
    import UIKit

    extension Photo {
        /// A photo from an image in memory, such as the camera's, as a JPEG. Takes tens to hundreds of milliseconds.
        ///
        /// - Throws: `AIPassError.invalidInput` naming `photo` if it has no pixels, such as one made of a `CIImage`.
        public static func image(_ image: UIImage) throws -> Photo {
            guard let pixels = image.cgImage else {
                throw AIPassError.invalidInput(input: "photo", detail: "this UIImage has no CGImage: render it first")
            }
            let exif = exifOrientation(uiImageOrientation: image.imageOrientation.rawValue)
            return try .image(pixels, orientation: CGImagePropertyOrientation(rawValue: exif) ?? .up)
        }
    }

    extension AIPassClient {
        /// Reads a photographed receipt from an image in memory, such as the camera's. One paid call.
        ///
        /// - Throws: `AIPassError.invalidInput` naming `photo` if it has no pixels; those of `scanReceipt(_:)`.
        public func scanReceipt(_ image: UIImage) async throws -> Receipt {
            try await scanReceipt(ReceiptScan(photos: [.image(image)]))
        }
    }
#endif
