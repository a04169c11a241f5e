//! Addresses and client ids that the program knows.

/// Where AI Pass is.
pub const AI_PASS: &str = "https://aipass.one";
/// Where Phaseo is, formerly AI Stats.
pub const PHASEO: &str = "https://api.phaseo.app";
/// Where developers register their apps at AI Pass.
pub const DASHBOARD: &str = "https://aipass.one/panel/developer";

/// An app that every sandbox has registered.
pub const SANDBOX_CLIENT: &str = "client_123";
/// Its redirect URI.
pub const REDIRECT_URI: &str = "myapp://auth/callback";

/// The client id of this program, which every sandbox has registered too.
pub const LOGIN_CLIENT: &str = aipass_sandbox::COMMAND_LINE_CLIENT;
/// The port of its redirect URI. Fixed, because providers compare ports with the registered URI.
pub const LOGIN_PORT: u16 = aipass_sandbox::COMMAND_LINE_PORT;
/// The path of its redirect URI.
pub const CALLBACK_PATH: &str = "/callback";
