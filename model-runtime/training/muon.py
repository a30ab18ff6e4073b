"""Muon for matrices: momentum, then the nearest orthogonal matrix, as the step."""

from collections import defaultdict

import torch
from torch import Tensor

import together

# bf16 where the processor has it, else it is several times slower than fp32.
FAST = torch.bfloat16 if torch.ops.mkldnn._is_mkldnn_bf16_supported() or torch.cuda.is_available() else torch.float32


def orthogonal(g: Tensor, steps: int = 5) -> Tensor:
    """Newton-Schulz iteration towards the orthogonal factors of g [matrices, rows, columns]."""
    x = (g / (g.norm(dim=(1, 2), keepdim=True) + 1e-7)).to(FAST)
    if tall := g.shape[1] > g.shape[2]:
        x = x.mT
    for _ in range(steps):
        a = x @ x.mT
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return (x.mT if tall else x).to(g.dtype)


class Muon(torch.optim.Optimizer):
    def __init__(self, parameters, lr: float, momentum: float = 0.95, weight_decay: float = 0.01):
        super().__init__(parameters, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            alike = defaultdict(list)  # by shape: those go through the iteration together, a launch for all of them on a GPU
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                velocity = state.setdefault("velocity", torch.zeros_like(p))
                velocity.lerp_(p.grad, 1 - group["momentum"])
                matrix = p.grad.lerp(velocity, group["momentum"]).flatten(1)
                alike[matrix.shape].append((p, matrix))
            for (rows, columns), members in alike.items():
                updates = orthogonal(torch.stack([matrix for _, matrix in members])) * max(1, rows / columns) ** 0.5
                for (p, _), update in zip(members, updates):
                    p.mul_(1 - group["lr"] * group["weight_decay"]).add_(update.view_as(p), alpha=-group["lr"])


class Optimizers:
    """Muon for the matrices inside blocks and layers, AdamW for the rest; learning rates follow one schedule."""

    def __init__(self, named: list[tuple[str, Tensor]], muon_lr: float, adam_lr: float):
        matrices = [p for name, p in named if p.ndim >= 2 and ("layers." in name or "blocks." in name or "merger." in name)]
        chosen = {id(p) for p in matrices}
        rest = [p for _, p in named if id(p) not in chosen]
        self.parameters = matrices + rest
        self.all = []
        if matrices:
            self.all.append((Muon(matrices, muon_lr), muon_lr))
        if rest:
            self.all.append((torch.optim.AdamW(rest, adam_lr, betas=(0.9, 0.98), weight_decay=0.0), adam_lr))

    def step(self, scale: float) -> None:
        """One step at ``scale`` times the full learning rates; clears the gradients."""
        together.average(self.parameters)
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        for optimizer, lr in self.all:
            for group in optimizer.param_groups:
                group["lr"] = lr * scale
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)

    def state_dict(self) -> list[dict]:
        return [optimizer.state_dict() for optimizer, _ in self.all]

    def load_state_dict(self, states: list[dict]) -> None:
        for (optimizer, _), state in zip(self.all, states):
            optimizer.load_state_dict(state)
