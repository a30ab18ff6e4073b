"""Picks small clips of which nano answers every query well, as a fixed test set for the Java side."""

import argparse
import json
import shutil
from collections import defaultdict
from pathlib import Path

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eval", type=Path, required=True, help="the folder make_eval.py wrote")
    parser.add_argument("--answers", type=Path, required=True, help="what evaluate.py --out wrote")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--clips", type=int, default=6)
    parser.add_argument("--bytes", type=int, default=60_000)
    parser.add_argument("--sure", type=float, default=0.1, help="the first token's least distance from 0 or 1, at most")
    args = parser.parse_args()
    by_video = defaultdict(list)
    for line in args.answers.read_text().splitlines():
        answer = json.loads(line)
        by_video[answer["video"]].append(answer)

    def good(answer: dict) -> bool:
        if answer["spans"]:
            return answer["iou"] >= 0.75 and answer["share"] > 1 - args.sure
        return answer["span"] is None and answer["share"] < args.sure

    fitting = [video for video, answers in by_video.items()
               if all(map(good, answers)) and (args.eval / video).stat().st_size <= args.bytes]
    fitting.sort(key=lambda video: -len({tuple(a["spans"][0]) for a in by_video[video] if a["spans"]}))
    args.out.mkdir(parents=True, exist_ok=True)
    lines = []
    for video in sorted(fitting[:args.clips]):
        shutil.copy(args.eval / video, args.out / video)
        lines += [json.dumps({key: a[key] for key in ("video", "query", "spans")}) + "\n" for a in by_video[video]]
    (args.out / "labels.jsonl").write_text("".join(lines))
    print(f"{len(fitting)} clips fit, {len(lines)} queries taken")
