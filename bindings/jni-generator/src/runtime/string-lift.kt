    override fun lift(value: Long): String {
        return UniffiLib.bufferTake(value).toString(Charsets.UTF_8)
    }

