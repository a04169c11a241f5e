# Short names for the usual commands; `just --list` shows them. Nothing else needs just.

# signs in, scans a receipt and chats, in a sandbox on this machine
demo:
    cargo run -p aipass-cli -- demo

# what a change of core must pass: formatting, clippy, its tests
check:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets --locked -- -D warnings
    cargo test -p aipass --locked
    scripts/commits

# the named suites, or all of them
test *SUITES:
    scripts/test {{ SUITES }}

# what the named suites need, or all of them
provision *SUITES:
    scripts/provision {{ SUITES }}

# the native library, and the code that calls it
bindings *LANGUAGE:
    scripts/bindings {{ LANGUAGE }}
