// For Android below API 33, which has no Cleaner: a thread waits for references to objects that are garbage.
internal class UniffiQueueCleaner : UniffiCleaner {
    private val garbage = java.lang.ref.ReferenceQueue<Any>()
    // References must be reachable themselves.
    private val references: MutableSet<Reference> = ConcurrentHashMap.newKeySet()

    init {
        Thread({ while (true) runCatching { (garbage.remove() as Reference).clean() } }, "uniffi-cleaner").apply {
            isDaemon = true
            start()
        }
    }

    override fun register(value: Any, cleanUpTask: Runnable): UniffiCleaner.Cleanable =
        Reference(value, cleanUpTask).also { references.add(it) }

    private inner class Reference(value: Any, private val task: Runnable) :
        java.lang.ref.PhantomReference<Any>(value, garbage), UniffiCleaner.Cleanable {
        override fun clean() {
            // Once, whoever comes first.
            if (references.remove(this)) {
                clear()
                task.run()
            }
        }
    }
}

