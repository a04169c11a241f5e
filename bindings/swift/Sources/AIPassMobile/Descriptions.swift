import Foundation

// What is printed, dumped and logged of values that have something secret.

extension SignInRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The request without its URL's query, which holds the sign-in's state and the user's hint, and so belongs in no log.
    public var description: String {
        "SignInRequest(url: \(urlWithoutQuery), expiresAt: \(expiresAt))"
    }

    /// As `description`.
    public var debugDescription: String {
        description
    }

    /// What `dump` shows: as `description`.
    public var customMirror: Mirror {
        Mirror(self, children: ["url": urlWithoutQuery, "expiresAt": expiresAt], displayStyle: .struct)
    }

    private var urlWithoutQuery: String {
        url.absoluteString.prefix { $0 != "?" } + "?…"
    }
}

extension OAuthClient: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The client without its secret.
    public var description: String {
        "OAuthClient(id: \(id), clientID: \(clientID), name: \(name), redirectURIs: \(redirectURIs), scopes: \(scopes), "
            + "isActive: \(isActive))"
    }

    /// As `description`.
    public var debugDescription: String {
        description
    }

    /// What `dump` shows: as `description`.
    public var customMirror: Mirror {
        let shown: KeyValuePairs<String, Any> = [
            "id": id, "clientID": clientID, "name": name, "redirectURIs": redirectURIs, "scopes": scopes,
            "isActive": isActive,
        ]
        return Mirror(self, children: shown, displayStyle: .struct)
    }
}

extension GeneratedImage: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The image without the end of its address, which may be a signature.
    public var description: String {
        "GeneratedImage(\(bytes.map { "\($0.count) bytes" } ?? withoutSignature(url?.absoluteString ?? "")))"
    }

    /// As `description`.
    public var debugDescription: String {
        description
    }

    /// What `dump` shows: as `description`.
    public var customMirror: Mirror {
        Mirror(self, children: ["image": description], displayStyle: .struct)
    }
}

extension Photo: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The photo without its bytes, and without the end of its address, which may be a signature.
    public var description: String {
        switch self {
        case .bytes(let bytes): "Photo(\(bytes.count) bytes)"
        case .file(let file): "Photo(\(file.path))"
        case .url(let url): "Photo(\(withoutSignature(url)))"
        }
    }

    /// As `description`.
    public var debugDescription: String {
        description
    }

    /// What `dump` shows: as `description`.
    public var customMirror: Mirror {
        Mirror(self, children: ["photo": description], displayStyle: .enum)
    }
}

/// A web address without what may be a signature, and a data URL without its data.
private func withoutSignature(_ url: String) -> Substring {
    url.prefix { !"?#,".contains($0) }
}
