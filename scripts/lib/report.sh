# shellcheck shell=bash
# What scripts/test says of suites: each record and log is a file in $results. A log of thousands of tests is rarely read from
# its beginning, and of a long one often only the end is kept, so that all that failed is named again there, within bounds.
: "${results:?}"

# count KIND RECORD: the sum of one kind of count (passed, failed, skipped) that a suite recorded.
count() {
  awk -v kind="$1" '$1 == kind { sum += $2 } END { print sum + 0 }' "$2"
}

# provide_and_run SUITE: runs scripts/provision and then the suite, which is told what could not be installed, and why.
provide_and_run() {
  local reasons=$results/$1.reasons
  : >"$reasons"
  PROVISION_RECORD=$reasons scripts/provision "$1" || true
  PROVISION_FAILED=$(awk '{ printf "%s%s", separator, $0; separator = "; " }' "$reasons") "scripts/suites/$1"
}

# run_suite SUITE: runs it, with its status. What it says is kept too, but not on a terminal, where programs then keep their colours
# and progress, and the reader all that was said.
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
  # The copy ends with the last program that could write to it. One that the suite left behind is not waited for, but a reader who
  # is slow for a while is.
  for _ in {1..100}; do
    kill -0 "$copying" 2>/dev/null || return "$status"
    sleep 0.1
  done
  kill "$copying" 2>/dev/null
  return "$status"
}

# failures SUITE: `failure NAME` for each test that failed, and `because TEXT` for each line of why, from its record. Where that
# does not say why, the log does: it is what was said before the test was said to have FAILED.
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
      if (failed > named) print "failure " suite ": " failed - named (named ? " more" : "") ", which it does not name"
    }' log_file="$log" "$log" "$results/$1"
}

# shortened: what `failures` says, as a reader wants it: 20 tests, with 10 lines each.
shortened() {
  awk '
    { text = substr($0, index($0, " ") + 1, 300) }
    $1 == "failure" && ++tests == 1 { print "What failed:" }
    $1 == "failure" { lines = 0; if (tests <= 20) print "  " text }
    $1 == "because" && tests <= 20 && ++lines <= 10 { print "      " text }
    END { if (tests > 20) print "  and " tests - 20 " more" }'
}

# last_words SUITE: the last lines that it said, for one that ended early.
last_words() {
  [[ -s $results/$1.log ]] || return 0
  echo "The end of what $1 said:"
  tail -n 20 "$results/$1.log" | cut -c 1-300 | sed 's/^/      /'
}
