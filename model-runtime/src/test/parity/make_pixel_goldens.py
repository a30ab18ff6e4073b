# SPDX-License-Identifier: Apache-2.0
"""Writes src/test/resources/goldens/pixels.json: what the reference makes of sizes, frame counts and frames.

    pip install -r requirements-prompt.txt && python make_pixel_goldens.py

The versions are pinned because they determine the numbers.
"""
import json
import random
from pathlib import Path

import numpy as np
import torch
from transformers.models.qwen2_vl.image_processing_qwen2_vl import Qwen2VLImageProcessor, smart_resize

MEAN = [0.48145466, 0.4578275, 0.40821073]
STD = [0.26862954, 0.26130258, 0.27577711]


def sizes():
    draw = random.Random(7)
    rows = []
    for factor, least, most in [(28, 3136, 12845056), (28, 3136, 1003520), (32, 65536, 16777216)]:
        for _ in range(60):
            width = draw.choice([draw.randint(1, 200), draw.randint(1, 6000), factor * draw.randint(1, 90)])
            height = max(1, min(6000, int(width * draw.uniform(0.03, 9))))
            if max(width, height) / min(width, height) <= 200:
                fitted_height, fitted_width = smart_resize(height, width, factor, least, most)
                rows.append([factor, least, most, width, height, fitted_width, fitted_height])
    return rows


def picks():
    rows = []
    for total, count in [(300, 20), (901, 60), (100, 8), (7, 4), (5, 4), (1798, 120), (65537, 768), (250003, 766),
                         (1080000, 768)]:
        indices = torch.linspace(0, total - 1, count).round().long().tolist()
        rows.append({"total": total, "indices": indices})
    return rows


def patches():
    # 3 frames of 8x4 pixels: an odd count, so the last is repeated
    frames = np.array([(i * 37 + i // 11 * 101) % 256 for i in range(3 * 4 * 8 * 3)], dtype=np.uint8).reshape(3, 4, 8, 3)
    processor = Qwen2VLImageProcessor(patch_size=2, merge_size=2, temporal_patch_size=2)
    rows, grid = processor._preprocess(
        list(frames), do_resize=False, do_rescale=True, rescale_factor=1 / 255, do_normalize=True,
        image_mean=MEAN, image_std=STD, patch_size=2, merge_size=2, temporal_patch_size=2, do_convert_rgb=False)
    assert rows.dtype == np.float32
    return {"width": 8, "height": 4, "rgb": [frame.flatten().tolist() for frame in frames],
            "grid": [int(side) for side in grid], "rows": [[float(value) for value in row] for row in rows]}


goldens = {"made_by": "src/test/parity/make_pixel_goldens.py", "sizes": sizes(), "picks": picks(), "patches": patches()}
target = Path(__file__).parent.parent / "resources/goldens/pixels.json"
target.write_text(json.dumps(goldens, separators=(",", ":")) + "\n")
