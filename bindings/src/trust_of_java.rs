//! Android's trust in servers, for clients that are Dart's.
//!
//! Android's trust manager is Java's, and Dart can hand over no object of Java. So the Flutter plugin's part in Kotlin does, for
//! all clients of the process: the class `one.aipass.dart.trust.ServerTrustBridge`.

use aipass::{ServerTrust, ServerTrustError};
use std::sync::{Arc, OnceLock};
use uniffi_jni_runtime::raw::{JNIEnv, jclass};
use uniffi_jni_runtime::{StaticMethod, Thrown, Upcall};

/// Takes the chain, each certificate behind its length in four bytes, and the host. Returns null if Android trusts them, and why not if it
/// refuses them. Throws if it cannot judge.
static REFUSAL: Upcall = Upcall::new("refusal\0", "([B[B)[B\0");

struct TrustOfJava(StaticMethod);

impl ServerTrust for TrustOfJava {
    fn verify(&self, chain: Vec<Vec<u8>>, host: String) -> Result<(), ServerTrustError> {
        match self.0.call([&joined(&chain), host.as_bytes()]) {
            Ok(None) => Ok(()),
            Ok(Some(reason)) => {
                Err(ServerTrustError::Rejected { detail: String::from_utf8_lossy(&reason).into_owned() })
            }
            Err(Thrown) => {
                Err(ServerTrustError::Unavailable { detail: "Android's trust manager could not be asked".to_owned() })
            }
        }
    }
}

fn joined(chain: &[Vec<u8>]) -> Vec<u8> {
    chain.iter().fold(Vec::new(), |mut joined, certificate| {
        // A certificate of 4 GB does not come over the network.
        let length = u32::try_from(certificate.len()).unwrap_or(u32::MAX);
        joined.extend(length.to_be_bytes());
        joined.extend(certificate);
        joined
    })
}

/// The native method `register` of the class. Returns whether its trust is asked from now on.
///
/// # Safety
/// Java calls it.
#[unsafe(export_name = "Java_one_aipass_dart_trust_ServerTrustBridge_register")]
unsafe extern "system" fn register(env: *mut JNIEnv, class: jclass) -> bool {
    // Each of Flutter's engines registers.
    static REGISTERED: OnceLock<bool> = OnceLock::new();
    *REGISTERED.get_or_init(|| {
        // SAFETY: Java passed both.
        let Some(method) = (unsafe { StaticMethod::find(env, class, &REFUSAL) }) else {
            return false;
        };
        aipass::trust_servers_by(Arc::new(TrustOfJava(method)));
        true
    })
}
