//! What UniFFI leaves undone for Python: a clean end of the interpreter.

use anyhow::{Result, ensure};

/// The interpreter ends before the process does. A thread of the library that called into it then would abort the process.
const AT_EXIT: &str = "
import atexit

atexit.register(shut_down)
";

/// Finishes the module that UniFFI wrote.
pub fn finish(mut code: String) -> Result<String> {
    ensure!(code.contains("\ndef shut_down()"), "UniFFI wrote no shut_down: adapt the generator");
    code.push_str(AT_EXIT);
    Ok(code)
}
