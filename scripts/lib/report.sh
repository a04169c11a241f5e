# shellcheck shell=bash
# How scripts/test reports on suites, whose records and logs are files in $results. At its end it names all failed tests again, within
# bounds: people read the end of a long log, and CI systems often keep only that.
: "${results:?}"

# count KIND RECORD: the sum of one kind of count (passed, failed, skipped) that a suite recorded.
count() {
  awk -v kind="$1" '$1 == kind { sum += $2 } END { print sum + 0 }' "$2"
}

# provide SUITE…: runs scripts/provision for each, one after the other, and marks each that is done. What could not be installed, and why,
# is in its file .reasons.
provide() {
  local suite
  for suite; do
    PROVISION_RECORD=$results/$suite.reasons scripts/provision "$suite" &>"$results/$suite.provision" </dev/null || true
    : >"$results/$suite.provided"
  done
}

# provide_and_run SUITE: waits until it is provided for by the process $providing, and runs it. It is told what could not be installed.
provide_and_run() {
  [[ -e $results/$1.provided ]] || echo "waiting for what $1 needs to be installed"
  # Where `provide` was ended, the suite says what is missing.
  # shellcheck disable=SC2154 # scripts/test sets it
  until [[ -e $results/$1.provided ]] || ! kill -0 "$providing" 2>/dev/null; do sleep 0.2; done
  cat "$results/$1.provision" 2>/dev/null || true
  PROVISION_FAILED=$(awk '{ printf "%s%s", separator, $0; separator = "; " }' "$results/$1.reasons") "scripts/suites/$1"
}

# run_suite SUITE: runs it, and returns its status. Its output is logged, but not on a terminal: there programs keep their colours and
# progress, and the reader has all of the output.
run_suite() {
  local copy copying status=0
  export SUITE_RECORD=$results/$1
  if [[ -t 1 || -t 2 ]]; then
    provide_and_run "$1" </dev/null
    return
  fi
  exec {copy}> >(exec tee "$results/$1.log")
  copying=$!
  provide_and_run "$1" </dev/null >&"$copy" 2>&1 {copy}>&- || status=$?
  exec {copy}>&-
  # The copy ends when the last program that can write to it has ended. Wait ten seconds for a slow reader, and no longer, because the
  # suite may have left a program behind.
  for _ in {1..100}; do
    kill -0 "$copying" 2>/dev/null || return "$status"
    sleep 0.1
  done
  kill "$copying" 2>/dev/null
  return "$status"
}

# failures SUITE: `failure NAME` for each failed test and `because TEXT` for each line of its reason, from the suite's record. If the
# record has no reason, the lines of the log before "FAILED: NAME" are it.
failures() {
  local log=$results/$1.log
  [[ -f $log ]] || log=/dev/null
  awk -v suite="$1" -v ci="${CI:-}" '
    function explain(   said) {
      if (name == "" || explained) return
      for (said in before) if (said == name || index(said, name " (") == 1) printf "%s", before[said]
    }
    function next_failure(text) {
      explain()
      name = text
      explained = 0
      named++
      print "failure " suite ": " text
    }
    FILENAME == log_file && /^-- / { said = 0; next }
    FILENAME == log_file && sub(/^FAILED: /, "") {
      for (i = said > 10 ? said - 10 : 0; i < said; i++) before[$0] = before[$0] "because " lines[i] "\n"
      said = 0
      next
    }
    FILENAME == log_file { if (NF) lines[said++] = $0; next }
    $1 == "failed" { failed += $2 }
    $1 == "failure" { next_failure(substr($0, 9)) }
    $1 == "required" && ci == "true" { next_failure(substr($0, 10)); failed++ }
    $1 == "because" { explained = 1; print }
    END {
      explain()
      name = ""
      if (failed > named) print "failure " suite ": " failed - named (named ? " more" : "") ", without a name"
    }' log_file="$log" "$log" "$results/$1"
}

# shortened: the output of `failures` for a reader: 20 tests, with 10 lines each.
shortened() {
  awk '
    { text = substr($0, index($0, " ") + 1, 300) }
    $1 == "failure" && ++tests == 1 { print "What failed:" }
    $1 == "failure" { lines = 0; if (tests <= 20) print "  " text }
    $1 == "because" && tests <= 20 && ++lines <= 10 { print "      " text }
    END { if (tests > 20) print "  and " tests - 20 " more" }'
}

# last_lines SUITE: the end of the output of a suite that ended early.
last_lines() {
  [[ -s $results/$1.log ]] || return 0
  echo "The last lines of $1:"
  tail -n 20 "$results/$1.log" | cut -c 1-300 | sed 's/^/      /'
}
