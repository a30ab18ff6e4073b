"""Takes the first small clips out of ``make_eval.py``'s, whatever nano makes of them, so that together they ask for every event:
a fixed test set for the Java side."""

import argparse
import json
import shutil
from collections import defaultdict
from pathlib import Path

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eval", type=Path, required=True, help="the folder make_eval.py wrote")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--clips", type=int, default=8)
    parser.add_argument("--bytes", type=int, default=80_000)
    args = parser.parse_args()
    by_video = defaultdict(list)
    for line in map(json.loads, (args.eval / "labels.jsonl").read_text().splitlines()):
        by_video[line["video"]].append(line)
    taken, asked = [], set()
    for video, lines in sorted(by_video.items()):
        new = {line["group"] for line in lines if line["spans"]} - asked
        if new and (args.eval / video).stat().st_size <= args.bytes and len(taken) < args.clips:
            taken.append(video)
            asked |= new
    args.out.mkdir(parents=True, exist_ok=True)
    for video in taken:
        shutil.copy(args.eval / video, args.out / video)
    lines = [json.dumps(line) + "\n" for video in taken for line in by_video[video]]
    (args.out / "labels.jsonl").write_text("".join(lines))
    print(f"{len(taken)} clips, {len(lines)} queries, events: {', '.join(sorted(asked))}")
