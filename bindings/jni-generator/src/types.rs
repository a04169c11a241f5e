//! The types of UniFFI's C functions, in Rust and in Kotlin.

use anyhow::{Result, bail};
use uniffi_bindgen::interface::FfiType;

/// In Rust, as the runtime crate's macros take it.
pub fn rust(type_: Option<&FfiType>) -> Result<&'static str> {
    Ok(match type_ {
        None => "()",
        Some(FfiType::UInt8) => "u8",
        Some(FfiType::Int8) => "i8",
        Some(FfiType::UInt16) => "u16",
        Some(FfiType::Int16) => "i16",
        Some(FfiType::UInt32) => "u32",
        Some(FfiType::Int32) => "i32",
        Some(FfiType::UInt64 | FfiType::Handle) => "u64",
        Some(FfiType::Int64) => "i64",
        Some(FfiType::Float32) => "f32",
        Some(FfiType::Float64) => "f64",
        Some(FfiType::RustBuffer(_)) => "RustBuffer",
        Some(other) => bail!("values of the type {other:?} cannot cross to Kotlin"),
    })
}

/// An argument, in Kotlin. A buffer is its address.
pub fn kotlin_argument(type_: &FfiType) -> Result<&'static str> {
    Ok(match rust(Some(type_))? {
        "u8" | "i8" => "Byte",
        "u16" | "i16" => "Short",
        "u32" | "i32" => "Int",
        "f32" => "Float",
        "f64" => "Double",
        _ => "Long",
    })
}

/// A result, in Kotlin. As in UniFFI's code, a short number without a sign is an `Int`.
pub fn kotlin_result(type_: Option<&FfiType>) -> Result<&'static str> {
    Ok(match type_ {
        None => "Unit",
        Some(FfiType::UInt8 | FfiType::UInt16) => "Int",
        Some(type_) => kotlin_argument(type_)?,
    })
}
