package one.aipass.mobile

// Of the library's types those that the shared sources name (bindings/android/src/main/kotlin/shared). In the package
// for Android they are generated. Here the library is called from Dart, and none of its Kotlin is there.

/** Why a sign-in cannot go on. */
public sealed class AiPassException(
    message: String,
) : Exception(message) {
    /** The device cannot do this. */
    public class Unsupported(
        what: String,
    ) : AiPassException(what)
}

/** Judges servers' certificates. */
public interface ServerTrust {
    /** Checks the chain, the server's own certificate first, for the server called [host]. */
    public fun verify(
        chain: List<ByteArray>,
        host: String,
    )
}

/** Why a server was not trusted. */
public sealed class ServerTrustException(
    override val message: String,
) : Exception(message) {
    /** The certificate is refused. */
    public class Rejected(
        detail: String,
    ) : ServerTrustException(detail)

    /** It could not be checked. */
    public class Unavailable(
        detail: String,
    ) : ServerTrustException(detail)
}

/** Keeps entries, each with a version. */
public interface SessionStore {
    /** The entry, if there is one. */
    public fun load(key: String): StoredSession?

    /** Replaces the entry of that version, or adds one where there is none; returns the new version. */
    public fun compareAndSwap(
        key: String,
        expectedVersion: Long?,
        bytes: ByteArray,
    ): Long

    /** Removes the entry. */
    public fun delete(key: String)
}

/** An entry. */
public class StoredSession(
    public val bytes: ByteArray,
    public val version: Long,
)

/** Why a store failed. */
public sealed class StoreException(
    message: String,
) : Exception(message) {
    /** Not now: try again later. */
    public class Unavailable(
        detail: String,
    ) : StoreException(detail)

    /** The key is gone. */
    public class KeyLost(
        detail: String,
    ) : StoreException(detail)

    /** There is no room. */
    public class Full(
        detail: String,
    ) : StoreException(detail)

    /** What is there cannot be read. */
    public class Corrupt(
        detail: String,
    ) : StoreException(detail)

    /** Another version is there. */
    public class Conflict : StoreException("another version is there")

    /** Anything else. */
    public class Failed(
        detail: String,
    ) : StoreException(detail)
}
