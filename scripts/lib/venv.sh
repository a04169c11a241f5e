# shellcheck shell=bash
# Finds Python packages, each set in an environment of its own below the target folder.

# has_venv NAME REQUIREMENTS SUITE: sets $venv to the environment with what the file pins. Where there is none, it fails and leaves
# the reason in $missing.
has_venv() {
  local sum
  # By its content, so that another pin makes another environment.
  sum=$(cksum <"$2" | cut -d ' ' -f 1)
  venv=$CARGO_TARGET_DIR/tools/$1-$sum
  [[ -f $venv/complete ]] || lacks "the Python packages of $2 are not installed" "$3"
}
