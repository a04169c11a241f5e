//! Durations and instants: Kotlin's own. UniFFI writes those of `java.time`, which Android 7 (API 24) lacks.

use crate::api::Api;
use anyhow::Result;
use uniffi_jni_generator::rewrite::{replace, replace_matches};

/// Rust has no negative durations: one becomes zero. One that is longer than Kotlin can count becomes `INFINITE`.
const DURATION: &str = "\
public object FfiConverterDuration: FfiConverterRustBuffer<kotlin.time.Duration> {
    override fun read(buf: ByteBuffer): kotlin.time.Duration {
        val seconds = buf.getLong()
        val nanoseconds = buf.getInt()
        return with(kotlin.time.Duration) {
            if (seconds < 0) INFINITE else seconds.seconds + nanoseconds.nanoseconds
        }
    }

    override fun allocationSize(value: kotlin.time.Duration) = 12UL

    override fun write(value: kotlin.time.Duration, buf: ByteBuffer) {
        value.coerceAtLeast(kotlin.time.Duration.ZERO).toComponents { seconds, nanoseconds ->
            buf.putLong(seconds)
            buf.putInt(nanoseconds)
        }
    }
}
";

/// Before 1970 Rust's side counts seconds and nanoseconds backwards, Kotlin counts nanoseconds forwards.
const TIMESTAMP: &str = "\
public object FfiConverterTimestamp: FfiConverterRustBuffer<kotlin.time.Instant> {
    override fun read(buf: ByteBuffer): kotlin.time.Instant {
        val seconds = buf.getLong()
        val nanoseconds = buf.getInt()
        return kotlin.time.Instant.fromEpochSeconds(seconds, if (seconds < 0) -nanoseconds else nanoseconds)
    }

    override fun allocationSize(value: kotlin.time.Instant) = 12UL

    override fun write(value: kotlin.time.Instant, buf: ByteBuffer) {
        val isBackwards = value.epochSeconds < 0 && value.nanosecondsOfSecond > 0
        buf.putLong(if (isBackwards) value.epochSeconds + 1 else value.epochSeconds)
        buf.putInt(if (isBackwards) 1_000_000_000 - value.nanosecondsOfSecond else value.nanosecondsOfSecond)
    }
}
";

pub(super) fn use_kotlins_time(code: &mut String, _: &Api) -> Result<()> {
    for (name, converter) in [("Duration", DURATION), ("Timestamp", TIMESTAMP)] {
        let written = format!(r"(?s)public object FfiConverter{name}: .*?\n}}\n");
        replace_matches(code, &written, |_| converter.to_owned())?;
    }
    replace_matches(code, r"java\.time\.(?<type>Duration|Instant)\b", |found| {
        format!("kotlin.time.{}", &found["type"])
    })?;
    // Instant is stable since Kotlin 2.3. An app with 2.2 needs the same opt-in where it uses one.
    let head = "@file:Suppress(\"NAME_SHADOWING\")\n";
    replace(code, head, &format!("{head}@file:OptIn(kotlin.time.ExperimentalTime::class)\n"))
}
