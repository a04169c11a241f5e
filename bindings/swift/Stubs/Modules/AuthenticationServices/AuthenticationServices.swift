@_exported import AppleStubs
