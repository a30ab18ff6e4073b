"""The mean of a decoder and of what came out of it by more training: better than either. Writes the second's file."""

import argparse
from pathlib import Path

import torch

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--share", type=float, default=0.5, help="of the first")
    args = parser.parse_args()
    before, after = (torch.load(path, map_location="cpu", weights_only=True) for path in (args.before, args.after))
    mean = {part: {name: value.lerp(before[part][name], args.share) for name, value in after[part].items()}
            for part in ("decoder", "heads")}
    torch.save(mean, args.after)
