"""Makes tables for docs/benchmarks.md of the lines that aipass-bench-chat prints."""

import json
import sys


def table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


lines = [json.loads(line) for line in sys.stdin]


def having(name):
    return [line for line in lines if name in line]


streams = having("nanoseconds_per_event")
ours = {line["events_are"]: line["nanoseconds_per_event"] for line in streams if line["side"] == "ours"}
print("**A stream of 20,000 events**. Medians of 11 rounds, the three in turn in one process; its processor time, the system's share")
print("included. Goal: async-openai takes at least 3 times as long.\n")
table(
    ["events", "reader", "microseconds an event", "spread", "÷ ours", "allocations an event", "memory at most"],
    [
        [
            line["events_are"],
            line["side"],
            f"{line['nanoseconds_per_event'] / 1000:.2f}",
            f"{line['spread']:.0%}",
            f"{line['nanoseconds_per_event'] / ours[line['events_are']]:.1f}",
            f"{line['allocations_per_event']:.1f}",
            f"{line['peak_bytes'] / 1e6:.1f} MB",
        ]
        for line in streams
    ],
)

calls = having("p50_microseconds")
print("**A chat in one piece**, one after another on the caller's runtime, in turn. Goal: 1.05 times bare reqwest.\n")
table(
    ["client", "median, microseconds", "99 %", "processor time", "allocations"],
    [
        [line["side"]]
        + [f"{line[name]:.0f}" for name in ("p50_microseconds", "p99_microseconds", "processor_microseconds", "allocations")]
        for line in calls
    ],
)
flight, photo = having("bytes_in_flight")[0], having("bytes_for_a_photo")[0]
print(f"A call that waits for its answer holds {flight['bytes_in_flight'] / 1000:.0f} KB (goal: 64 KB at most). To send a prepared photo of")
print(f"{photo['of_its_upload'] / 1e6:.2f} MB in base64, {photo['bytes_for_a_photo'] / 1e6:.2f} MB are allocated.\n")

storm = having("callers")[0]
print(f"**{storm['callers']:,} callers whose token has expired**: {storm['token_requests']} token request,")
print(f"{storm['peak_bytes'] / 1e6:.2f} MB of memory (goal: 2 MB at most).\n")

print("**Growth**: processor time and memory, all calls at once, or one stream.\n")
table(
    ["", "milliseconds", "memory at most"],
    [
        [f"{name}: {line[name]:,}", f"{line['milliseconds']:.1f}", f"{line['peak_bytes'] / 1e6:.2f} MB"]
        for name in ("calls", "events")
        for line in having(name)
    ],
)
