"""Training on several processes, each with batches of its own and the mean of all gradients:
``torchrun --nproc-per-node 2 train_tower.py ...``. Alone, everything here is what it would be without."""

import os
import time

import torch
import torch.distributed as distributed
from torch import Tensor


def join() -> int:
    """Joins the other processes, if torchrun started this one; which of them it is."""
    if "RANK" not in os.environ:
        return 0
    distributed.init_process_group("gloo")
    return distributed.get_rank()


def average(parameters: list[Tensor]) -> None:
    """Replaces every gradient by the mean over all processes."""
    if not distributed.is_initialized():
        return
    grads = [torch.zeros_like(p) if p.grad is None else p.grad for p in parameters]
    flat = torch.cat([grad.flatten() for grad in grads])
    distributed.all_reduce(flat)
    flat /= distributed.get_world_size()
    for p, part in zip(parameters, flat.split([grad.numel() for grad in grads])):
        p.grad = part.view_as(p).clone()


class Clock:
    """Seconds of training so far, the same for all processes, so that they stop at the same step."""

    def __init__(self, spent: float = 0.0):
        self.began = time.time() - spent

    def spent(self) -> float:
        now = torch.tensor(time.time() - self.began, dtype=torch.float64)
        if distributed.is_initialized():
            distributed.broadcast(now, 0)
        return float(now)
