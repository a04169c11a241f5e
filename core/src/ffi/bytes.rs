//! How [`Bytes`] cross to other languages: as `Vec<u8>` does, but in one copy.
//!
//! UniFFI reads and writes a `Vec<u8>` as it does every list, item by item, on the thread that calls or polls. For a camera's
//! photo that is tens of milliseconds, often on the screen's thread. What crosses is the same, a signed 32-bit big-endian
//! length and the bytes, and so is the metadata: the other side has `Data`, `ByteArray` or `Uint8List`, and its code does not
//! change. Secrets stay `Vec<u8>`: `Bytes` are shared, and cannot be wiped.

use crate::UniFfiTag;
use bytes::{Buf, BufMut, Bytes};
use uniffi::{FfiConverter, MetadataBuffer, TypeId, check_remaining, derive_ffi_traits};

/// The length in front of the bytes.
const LENGTH: usize = size_of::<i32>();

// SAFETY: what is lowered is a buffer of its own that owns its bytes, and lifting takes nothing else. Both are UniFFI's own
// macro; reading and writing are safe code, and read back what they wrote.
#[allow(unsafe_code, reason = "UniFFI's trait is unsafe to implement, and has no safe way to read bytes at once")]
unsafe impl FfiConverter<UniFfiTag> for Bytes {
    uniffi::ffi_converter_rust_buffer_lift_and_lower!(UniFfiTag);

    fn write(bytes: Bytes, buffer: &mut Vec<u8>) {
        // Writing cannot fail; UniFFI makes an error of a panic. No answer is read that is so large (P4).
        assert!(i32::try_from(bytes.len()).is_ok(), "more than 2 GB cannot cross to another language at once");
        buffer.reserve(LENGTH + bytes.len());
        buffer.put_i32(bytes.len() as i32);
        buffer.put_slice(&bytes);
    }

    fn try_read(buffer: &mut &[u8]) -> uniffi::Result<Bytes> {
        check_remaining(buffer, LENGTH)?;
        let length = usize::try_from(buffer.get_i32())?;
        // Before anything is allocated: the length may be a lie.
        check_remaining(buffer, length)?;
        let (bytes, rest) = buffer.split_at(length);
        *buffer = rest;
        Ok(Bytes::copy_from_slice(bytes))
    }

    const TYPE_ID_META: MetadataBuffer = <Vec<u8> as TypeId<UniFfiTag>>::TYPE_ID_META;
}

derive_ffi_traits!(impl Lower<UniFfiTag> for Bytes);
derive_ffi_traits!(impl LowerReturn<UniFfiTag> for Bytes);
derive_ffi_traits!(impl Lift<UniFfiTag> for Bytes);
derive_ffi_traits!(impl TypeId<UniFfiTag> for Bytes);

#[cfg(test)]
mod tests {
    use super::*;
    use uniffi::{Lift, Lower, RustBuffer};

    fn lowered<T: Lower<UniFfiTag, FfiType = RustBuffer>>(value: T) -> Vec<u8> {
        T::lower(value).destroy_into_vec()
    }

    fn lifted<T: Lift<UniFfiTag, FfiType = RustBuffer>>(buffer: &[u8]) -> uniffi::Result<T> {
        T::try_lift(RustBuffer::from_vec(buffer.to_vec()))
    }

    #[test]
    fn bytes_cross_as_a_list_of_bytes_does() {
        // Under Miri the long ones take minutes.
        let lengths: &[u32] = if cfg!(miri) { &[0, 1, 255, 256] } else { &[0, 1, 255, 256, 65_537, 1_000_000] };
        for &length in lengths {
            let list: Vec<u8> = (0..length).map(|index| (index % 251) as u8).collect();
            let bytes = Bytes::from(list.clone());
            let crossing = lowered(bytes.clone());
            assert_eq!(crossing[..LENGTH], length.to_be_bytes());
            assert!(crossing[LENGTH..] == list && crossing == lowered(list.clone()), "{length}");
            assert!(lifted::<Bytes>(&crossing).unwrap() == bytes, "{length}");
            assert!(lifted::<Vec<u8>>(&crossing).unwrap() == list, "{length}");

            let optional = lowered(Some(bytes.clone()));
            assert!(optional == lowered(Some(list)), "{length}");
            assert!(lifted::<Option<Bytes>>(&optional).unwrap() == Some(bytes), "{length}");
        }
        assert_eq!(lifted::<Option<Bytes>>(&lowered(None::<Vec<u8>>)).unwrap(), None);
    }

    #[test]
    fn several_bytes_cross_one_after_the_other() {
        let several = [b"one".as_slice(), b"", b"three"].map(Bytes::copy_from_slice);
        let crossing = lowered(several.to_vec());
        assert_eq!(crossing, lowered(several.iter().map(|bytes| bytes.to_vec()).collect::<Vec<_>>()));
        assert_eq!(lifted::<Vec<Bytes>>(&crossing).unwrap(), several);
    }

    // S3
    #[test]
    fn a_length_that_does_not_fit_is_an_error() {
        let claiming = |length: i32, bytes: &[u8]| [&length.to_be_bytes()[..], bytes].concat();
        assert_eq!(lifted::<Bytes>(&claiming(3, b"abc")).unwrap(), "abc");
        let none = Vec::new();
        let half_a_length = vec![0, 0];
        for hostile in [
            none,
            half_a_length,
            claiming(1, b""),
            claiming(4, b"abc"),
            claiming(2, b"abc"),
            claiming(i32::MAX, b"abc"),
            claiming(-1, b"abc"),
            claiming(i32::MIN, b"abc"),
        ] {
            assert!(lifted::<Bytes>(&hostile).is_err(), "{hostile:?}");
        }
    }

    #[test]
    fn other_languages_are_told_of_a_list_of_bytes() {
        let generated = <Bytes as TypeId<UniFfiTag>>::TYPE_ID_META;
        let list = <Vec<u8> as TypeId<UniFfiTag>>::TYPE_ID_META;
        assert_eq!(generated.bytes[..generated.size], list.bytes[..list.size]);
    }
}
