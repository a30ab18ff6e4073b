"""Splits what ``longwatch eval --out DIR`` measured on ``make_eval.py``'s scenes by what is known of each label: whether its
pair of object and event was held out of training, and whether it is put in the usual words."""

import argparse
import json
from collections import defaultdict
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--about", type=Path, required=True, help="about.jsonl of make_eval.py")
    parser.add_argument("--answers", type=Path, required=True, help="answers.jsonl of longwatch eval")
    args = parser.parse_args()
    about = {(line["video"], line["query"]): line for line in map(json.loads, args.about.read_text().splitlines())}
    groups = defaultdict(list)
    for answer in map(json.loads, args.answers.read_text().splitlines()):
        known = about[answer["video"], answer["query"]]
        for key in ("held out", "usual"):
            groups[f"{key}: {'yes' if known[key] else 'no'}"].append(answer)
    print(f"{'':16} present  mIoU   R1@0.7  missed  absent  false alarms")
    for name in sorted(groups):
        present = [a for a in groups[name] if a["truth"]]
        absent = [a for a in groups[name] if not a["truth"]]
        figures = [sum(values) / max(1, len(values)) for values in (
            [a["iou"] for a in present], [a["iou"] >= 0.7 for a in present], [not a["found"] for a in present],
            [bool(a["found"]) for a in absent])]
        print(f"{name:16} {len(present):7} {figures[0]:6.3f} {figures[1]:7.3f} {figures[2]:7.3f} {len(absent):7} {figures[3]:7.3f}")


if __name__ == "__main__":
    main()
