# shellcheck shell=bash
# Reads test reports in JUnit's form, as Maven's surefire and cargo-nextest write them.

# junit_counts: how many tests passed, failed and were skipped, of the test suites on the standard input.
junit_counts() {
  # <testsuite … tests="9" errors="0" skipped="0" failures="1" …>, in any order
  awk '
    function number(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3) + 0 : 0 }
    /<testsuite / { tests += number("tests"); failed += number("errors") + number("failures"); skipped += number("skipped") }
    END { print tests - failed - skipped, failed + 0, skipped + 0 }'
}

# junit_failures: the failed tests, as records, of the test suites on the standard input. A failed testcase element contains a failure
# or an error, whose text is the reason and then the place.
junit_failures() {
  awk '
    function attribute(name) {
      if (!match($0, " " name "=\"[^\"]*\"")) return ""
      return plain(substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4))
    }
    function plain(text) {
      gsub(/&quot;/, "\"", text); gsub(/&apos;/, "\047", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text)
      gsub(/&#10;/, " ", text); gsub(/&amp;/, "\\&", text)
      return text
    }
    /<testcase / { test = attribute("classname") " " attribute("name") }
    /^ *<(failure|error)[ >]/ {
      print "failure " test
      sub(/^ *<(failure|error)[^>]*>/, "")
      verbatim = sub(/^<!\[CDATA\[/, "")
      saying = 1
    }
    saying && (/^\tat / || /^stack backtrace:/ || /^note: run with/) { saying = 0 } # what follows is only where
    saying {
      last = sub(/(\]\]>)?<\/(failure|error)>.*/, "") || sub(/\]\]>.*/, "")
      if (NF) print "because " (verbatim ? $0 : plain($0))
      if (last) saying = 0
    }'
}
