//! Python: a clean end of the interpreter.

use anyhow::{Result, ensure};

/// The interpreter ends before the process does. A thread of the library that calls into it after that aborts the process.
const AT_EXIT: &str = "
import atexit

atexit.register(shut_down)
";

/// Changes the module that UniFFI wrote. This is needed for as long as the library has threads.
pub fn finish(code: &mut String) -> Result<()> {
    ensure!(code.contains("\ndef shut_down()"), "UniFFI wrote no shut_down");
    code.push_str(AT_EXIT);
    Ok(())
}
