import AIPassTesting
import Foundation
import Testing

@testable import AIPassMobile

/// Rules of the code for Apple's platforms that need none of Apple's calls.
struct PlatformRuleTests {
    // A6
    @Test func callbacksAreRecognisedByTheRedirectURI() throws {
        func callback(_ redirectURI: String) throws -> SignInCallback {
            var page = try #require(URLComponents(string: "https://provider.example/authorize?client_id=1"))
            page.queryItems?.append(URLQueryItem(name: "redirect_uri", value: redirectURI))
            return try SignInCallback(authorizationURL: #require(page.url))
        }
        #expect(try callback("myapp://auth/callback") == .scheme("myapp"))
        #expect(try callback("COM.example.App:/callback") == .scheme("com.example.app"))
        #expect(try callback("https://app.example/auth?x=1") == .https(host: "app.example", path: "/auth"))
        #expect(try callback("https://app.example") == .https(host: "app.example", path: "/"))
        for unusable in ["http://127.0.0.1:80/a", "https://app.example:8443/a", "https:///auth", "callback", ""] {
            #expect(throws: AIPassError.self, "\(unusable)") { try callback(unusable) }
        }
        #expect(throws: AIPassError.self) {
            try SignInCallback(authorizationURL: #require(URL(string: "https://provider.example/authorize")))
        }
    }

    // A9
    @Test func aRefusalByTheSystemIsNoCancellation() {
        #expect(SignInEnd.error(isCanceledLogin: true, reason: nil, detail: "x") == .cancelled)
        for (isCanceled, reason) in [(true, "not associated"), (false, "not associated"), (false, nil)] {
            let error = SignInEnd.error(isCanceledLogin: isCanceled, reason: reason, detail: "not associated")
            guard case .unsupported(let what) = error else {
                Issue.record("\(error)")
                continue
            }
            #expect(what.contains("not associated"))
        }
    }

    @Test func formatsThatTheLibraryReadsAreKnown() {
        let webP = Data("RIFF\0\0\0\0WEBP".utf8)
        let png = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        for start in [Data([0xFF, 0xD8, 0xFF]), Data("GIF89a".utf8), webP, png] {
            #expect(isReadByLibrary(start))
            // A slice of another file does not begin at 0.
            #expect(isReadByLibrary((Data([1]) + start).dropFirst()))
        }
        let heic = Data([0, 0, 0, 24]) + Data("ftypheic".utf8)
        for start in [Data(), heic, webP.prefix(11), Data("RIFF\0\0\0\0WAVE".utf8)] { #expect(!isReadByLibrary(start)) }
    }

    @Test func convertedPhotosStayReadableAndBounded() {
        #expect(convertedEdge(width: 4032, height: 3024) == 4032)
        #expect(convertedEdge(width: 3024, height: 4032) == 4032)
        #expect(convertedEdge(width: 8064, height: 6048) == 4096)
        // A paper tape keeps the width that its print needs.
        #expect(convertedEdge(width: 1080, height: 12000) == 12000)
        #expect(convertedEdge(width: 4096, height: 20000) == 10000)
        #expect(convertedEdge(width: 0, height: 0) == 1)
        for (width, height) in [(Int.max, Int.max), (1, Int.max), (20_000, 200_000)] {
            let edge = convertedEdge(width: width, height: height)
            #expect((1...65_535).contains(edge), "\(width) x \(height)")
        }
    }

    @Test func uiKitsOrientationsAreEXIFs() {
        #expect((0...7).map { exifOrientation(uiImageOrientation: $0) } == [1, 3, 8, 6, 2, 4, 5, 7])
        #expect(exifOrientation(uiImageOrientation: 8) == 1)
        #expect(exifOrientation(uiImageOrientation: -1) == 1)
    }

    @Test func theReturnOfTheAppIsToldUntilTheObserverGoes() {
        let center = NotificationCenter()
        let name = Notification.Name("front")
        let ai = FakeAIPass()
        var observer: ForegroundObserver? = ForegroundObserver(ai, name: name, center: center)
        center.post(name: name, object: nil)
        center.post(name: Notification.Name("other"), object: nil)
        #expect(ai.calls == [.resumed] && observer != nil)
        observer = nil
        center.post(name: name, object: nil)
        #expect(ai.calls == [.resumed])
    }
}
