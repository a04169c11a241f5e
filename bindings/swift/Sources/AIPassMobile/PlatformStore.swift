/// Where sessions are kept if the app says nothing: in the Keychain, or in memory where there is none.
@usableFromInline
func platformStore() -> SessionStore? {
    #if canImport(Security)
        return KeychainStore()
    #else
        return nil
    #endif
}
