import AIPassTesting
import AppleStubs
import Foundation
import Testing

@testable import AIPassMobile

/// Photos that the system converts; the stub's images have a size and nothing else.
struct SystemPhotoTests {
    private let heic = ImageStub.file(width: 8064, height: 6048)

    @Test func aFormatOfTheSystemsBecomesAJPEGOfBoundedSize() throws {
        #expect(try text(of: .image(heic)) == "4096x3072, orientation 1")
        #expect(try text(of: .image(ImageStub.file(width: 400, height: 300))) == "400x300, orientation 1")
    }

    @Test func aFormatOfTheLibrarysIsLeftAlone() throws {
        let jpeg = Data([0xFF, 0xD8, 0xFF, 0xE0]) + Data(count: 20)
        #expect(try Photo.image(jpeg) == .bytes(jpeg))
    }

    @Test func aFileIsConvertedIfItHasTo() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("aipass-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let photo = folder.appendingPathComponent("a.heic")
        let other = folder.appendingPathComponent("a.png")
        try heic.write(to: photo)
        try Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0]).write(to: other)
        #expect(try text(of: .image(contentsOf: photo)) == "4096x3072, orientation 1")
        #expect(try Photo.image(contentsOf: other) == .file(other))
        let missing = folder.appendingPathComponent("missing.heic")
        #expect(try Photo.image(contentsOf: missing) == .file(missing), "the call that opens it names it")
    }

    @Test func whatTheSystemDoesNotKnowIsRefused() {
        do {
            _ = try Photo.image(Data("no image".utf8))
            Issue.record("nothing was thrown")
        } catch AIPassError.invalidInput("photo", _) {
        } catch {
            Issue.record(error)
        }
    }

    @Test func imagesInMemoryKeepWhichWayUpTheyAre() throws {
        let pixels = CGImage(width: 4000, height: 3000)
        #expect(try text(of: .image(pixels)) == "4000x3000, orientation 1")
        #expect(try text(of: .image(pixels, orientation: .left)) == "4000x3000, orientation 8")
        let orientations: [(UIImage.Orientation, CGImagePropertyOrientation)] = [
            (.up, .up), (.down, .down), (.left, .left), (.right, .right), (.upMirrored, .upMirrored),
            (.downMirrored, .downMirrored), (.leftMirrored, .leftMirrored), (.rightMirrored, .rightMirrored),
        ]
        for (ui, exif) in orientations {
            let photo = try Photo.image(UIImage(cgImage: pixels, orientation: ui))
            #expect(text(of: photo) == "4000x3000, orientation \(exif.rawValue)")
        }
        #expect(throws: AIPassError.self) { try Photo.image(UIImage(cgImage: nil, orientation: .up)) }
    }

    @Test func scansConvertWhatTheyAreGiven() async throws {
        let ai = FakeAIPass(state: .signedIn)
        ai.script { $0.scanReceipt = { _ in .sample(merchant: "Café") } }
        #expect(try await ai.scanReceipt(heic).merchant == "Café")
        let unknown = Data("no image".utf8)
        _ = try await ai.scanReceipt(unknown)
        #expect(ai.calls.last == .scanReceipt(ReceiptScan(photo: unknown)), "the library's error names the format")
        _ = try await ai.scanReceipt(UIImage(cgImage: CGImage(width: 40, height: 30), orientation: .right))
        let scanned = ai.calls.compactMap { call -> String? in
            if case .scanReceipt(let scan) = call { text(of: scan.photos[0]) } else { nil }
        }
        #expect(scanned == ["4096x3072, orientation 1", "Photo(8 bytes)", "40x30, orientation 6"])
    }

    /// What the stub's JPEG says of itself.
    private func text(of photo: Photo) -> String {
        guard case .bytes(let bytes) = photo, bytes.starts(with: [0xFF, 0xD8, 0xFF]) else { return "\(photo)" }
        return String(decoding: bytes.dropFirst(3), as: UTF8.self)
    }
}
