# Short names for what scripts do; `just --list` shows them. Nothing needs just.

# the whole job against an AI Pass on loopback
demo:
    cargo run -p aipass-cli -- demo

# what a change of core needs: its tests, formatting, clippy
check:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets --locked -- -D warnings
    cargo test -p aipass --locked

# the named suites, or all of them
test *SUITES:
    scripts/test {{ SUITES }}

# the native library, and the code that calls it
bindings *LANGUAGE:
    scripts/bindings {{ LANGUAGE }}
