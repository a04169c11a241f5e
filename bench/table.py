"""Makes a table for docs/benchmarks.md of the lines that photo.py prints."""

import json
import sys

print("| photo | file | ours | libvips | Pillow | user time, ours ÷ libvips | all processor time, ours ÷ libvips |")
print("|---|---|---|---|---|---|---|")
for line in sys.stdin:
    row = json.loads(line)

    def cell(name):
        user = row[name]["user_ms"]
        return f"{user['median']:.0f} ({user['min']:.0f} to {user['max']:.0f}), {row[name]['bytes'] // 1000} KB"

    def ratio(kind):
        return f"{row['ours'][kind]['median'] / row['libvips'][kind]['median']:.2f}"

    lying = ", lying" if row["orientation"] != 1 else ""
    cells = [f"{row['photo']}, {row['megapixels']} MP{lying}", f"{row['bytes'] / 1e6:.1f} MB"]
    cells += [cell("ours"), cell("libvips"), cell("pillow"), ratio("user_ms"), ratio("processor_ms")]
    print("| " + " | ".join(cells) + " |")
