"""Nano in plain torch: the qwen2_5_vl architecture at a fixed small size, parameters named as published.

Shapes: B clips or frame pairs, P prefix tokens, Q questions of S tokens each, H hidden width, N patches of a pair.
Written for training: pairs share one geometry, and the questions of a clip share its prefix.
``export.py`` proves that the same weights give the same logits in the reference implementation.
"""

from dataclasses import asdict, dataclass, field

import torch
import torch.nn.functional as F
from torch import Tensor, nn

torch.backends.cuda.enable_cudnn_sdp(False)  # it plans anew for every shape, and hardly two batches are of one shape

PATCH, MERGE, PAIR = 14, 2, 2
ROW = 3 * PAIR * PATCH * PATCH
WINDOW_UNITS = 4


@dataclass(frozen=True)
class VisionConfig:
    depth: int = 4
    hidden_size: int = 160
    num_heads: int = 5
    intermediate_size: int = 384
    fullatt_block_indexes: tuple[int, ...] = (1, 3)
    out_hidden_size: int = 256


@dataclass(frozen=True)
class Config:
    vocab_size: int = 1024
    hidden_size: int = 256
    intermediate_size: int = 640
    num_hidden_layers: int = 7
    num_attention_heads: int = 4
    num_key_value_heads: int = 2
    rope_theta: float = 1e6
    mrope_section: tuple[int, int, int] = (8, 12, 12)
    rms_norm_eps: float = 1e-6
    vision: VisionConfig = field(default_factory=VisionConfig)

    @property
    def head_dim(self) -> int:
        return self.hidden_size // self.num_attention_heads

    def published(self, token_ids: dict[str, int]) -> dict:
        """config.json in the flat layout of the published checkpoints."""
        vision = asdict(self.vision) | {
            "model_type": "qwen2_5_vl", "hidden_act": "silu", "in_chans": 3, "in_channels": 3,
            "patch_size": PATCH, "spatial_patch_size": PATCH, "spatial_merge_size": MERGE,
            "temporal_patch_size": PAIR, "window_size": WINDOW_UNITS * MERGE * PATCH, "tokens_per_second": 2,
        }
        return {
            "architectures": ["Qwen2_5_VLForConditionalGeneration"], "model_type": "qwen2_5_vl",
            "bos_token_id": token_ids["<|endoftext|>"], "eos_token_id": token_ids["<|im_end|>"],
            "vision_start_token_id": token_ids["<|vision_start|>"], "vision_end_token_id": token_ids["<|vision_end|>"],
            "vision_token_id": token_ids["<|vision_pad|>"], "image_token_id": token_ids["<|image_pad|>"],
            "video_token_id": token_ids["<|video_pad|>"], "attention_dropout": 0.0, "hidden_act": "silu",
            "hidden_size": self.hidden_size, "intermediate_size": self.intermediate_size, "initializer_range": 0.02,
            "max_position_embeddings": 4096, "max_window_layers": self.num_hidden_layers,
            "num_attention_heads": self.num_attention_heads, "num_hidden_layers": self.num_hidden_layers,
            "num_key_value_heads": self.num_key_value_heads, "rms_norm_eps": self.rms_norm_eps,
            "rope_theta": self.rope_theta, "rope_scaling": {"type": "mrope", "mrope_section": list(self.mrope_section)},
            "sliding_window": 4096, "use_sliding_window": False, "tie_word_embeddings": True, "torch_dtype": "float32",
            "use_cache": True, "vocab_size": self.vocab_size, "vision_config": vision,
        }


class RmsNorm(nn.Module):
    def __init__(self, width: int, eps: float = 1e-6):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        return F.rms_norm(x.float(), (x.shape[-1],), self.weight, self.eps)


class GatedMlp(nn.Module):
    def __init__(self, width: int, inner: int, bias: bool):
        super().__init__()
        self.gate_proj = nn.Linear(width, inner, bias)
        self.up_proj = nn.Linear(width, inner, bias)
        self.down_proj = nn.Linear(inner, width, bias)

    def forward(self, x: Tensor) -> Tensor:
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotate-half rotary embedding over the last axis; cos and sin broadcast against x."""
    half = x.shape[-1] // 2
    swapped = torch.cat((-x[..., half:], x[..., :half]), -1)
    return x * cos.to(x.dtype) + swapped * sin.to(x.dtype)


def attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None) -> Tensor:
    """Attention [M, heads, L, width]; on a CPU the plain one trains several times faster than the fused one at these sizes."""
    if q.is_cuda:
        return F.scaled_dot_product_attention(q.to(v.dtype), k.to(v.dtype), v, None if mask is None else mask.to(v.dtype))
    scores = (q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2)
    if mask is not None:
        scores = scores + mask.to(scores.dtype)
    return scores.softmax(-1).to(v.dtype) @ v


# ---------------------------------------------------------------- vision

def window_order(rows: int, columns: int) -> tuple[list[int], list[int]]:
    """Merged units of one picture in window order, and each window's length in patches."""
    order, lengths = [], []
    for top in range(0, rows, WINDOW_UNITS):
        for left in range(0, columns, WINDOW_UNITS):
            units = [r * columns + c for r in range(top, min(top + WINDOW_UNITS, rows))
                     for c in range(left, min(left + WINDOW_UNITS, columns))]
            order += units
            lengths.append(len(units) * MERGE * MERGE)
    return order, lengths


def patch_rows(pairs: Tensor) -> Tensor:
    """Normalised pixels [B, 2, 3, height, width] to merge-grouped rows [B, N, 1176]."""
    batch, _, _, height, width = pairs.shape
    gh, gw = height // PATCH // MERGE, width // PATCH // MERGE
    split = pairs.reshape(batch, PAIR, 3, gh, MERGE, PATCH, gw, MERGE, PATCH)
    return split.permute(0, 3, 6, 4, 7, 2, 1, 5, 8).reshape(batch, gh * gw * MERGE * MERGE, ROW)


class VisionAttention(nn.Module):
    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, segments: list[int]) -> Tensor:
        batch, count, width = x.shape
        q, k, v = self.qkv(x).view(batch, count, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        parts = [attend(*qkv) for qkv in
                 zip(q.split(segments, 2), k.split(segments, 2), v.split(segments, 2))]
        return self.proj(torch.cat(parts, 2).transpose(1, 2).reshape(batch, count, width))


class VisionBlock(nn.Module):
    def __init__(self, c: VisionConfig):
        super().__init__()
        self.norm1, self.norm2 = RmsNorm(c.hidden_size), RmsNorm(c.hidden_size)
        self.attn = VisionAttention(c.hidden_size, c.num_heads)
        self.mlp = GatedMlp(c.hidden_size, c.intermediate_size, bias=True)

    def forward(self, x, cos, sin, segments):
        x = x + self.attn(self.norm1(x), cos, sin, segments)
        return x + self.mlp(self.norm2(x))


class PatchEmbed(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.proj = nn.Conv3d(3, width, (PAIR, PATCH, PATCH), (PAIR, PATCH, PATCH), bias=False)

    def forward(self, rows: Tensor) -> Tensor:
        return F.linear(rows, self.proj.weight.flatten(1))


class Merger(nn.Module):
    def __init__(self, c: VisionConfig):
        super().__init__()
        wide = c.hidden_size * MERGE * MERGE
        self.ln_q = RmsNorm(c.hidden_size)
        self.mlp = nn.Sequential(nn.Linear(wide, wide), nn.GELU(), nn.Linear(wide, c.out_hidden_size))

    def forward(self, x: Tensor) -> Tensor:
        return self.mlp(self.ln_q(x).reshape(x.shape[0], -1, x.shape[-1] * MERGE * MERGE))


class Tower(nn.Module):
    """One frame pair is one sequence: rows [B, N, 1176] to features [B, N/4, H]."""

    def __init__(self, c: VisionConfig):
        super().__init__()
        self.c = c
        self.patch_embed = PatchEmbed(c.hidden_size)
        self.blocks = nn.ModuleList(VisionBlock(c) for _ in range(c.depth))
        self.merger = Merger(c)

    def rotary(self, rows: int, columns: int, order: Tensor) -> tuple[Tensor, Tensor]:
        """cos and sin [N, head width] of every patch, in window order."""
        width = self.c.hidden_size // self.c.num_heads
        frequencies = 1e4 ** (-torch.arange(0, width // 2, 2, dtype=torch.float32) / (width // 2))
        row = torch.arange(rows * MERGE).view(rows, 1, MERGE, 1).expand(rows, columns, MERGE, MERGE)
        column = torch.arange(columns * MERGE).view(1, columns, 1, MERGE).expand(rows, columns, MERGE, MERGE)
        place = torch.stack((row, column), -1).reshape(rows * columns, MERGE * MERGE, 2)[order].reshape(-1, 2)
        angle = (place[..., None].float() * frequencies).flatten(1)
        return torch.cat((angle, angle), -1).cos(), torch.cat((angle, angle), -1).sin()

    def forward(self, pixel_rows: Tensor, rows: int = 6, columns: int = 10) -> Tensor:
        """``rows`` and ``columns`` count merged units of the picture."""
        index, windows = window_order(rows, columns)
        order = torch.tensor(index)
        cos, sin = (t.to(pixel_rows.device) for t in self.rotary(rows, columns, order))
        order = order.to(pixel_rows.device)
        batch, count, _ = pixel_rows.shape
        x = self.patch_embed(pixel_rows)
        x = x.view(batch, count // 4, 4, -1)[:, order].reshape(batch, count, -1)
        for number, block in enumerate(self.blocks):
            x = block(x, cos, sin, [count] if number in self.c.fullatt_block_indexes else windows)
        return self.merger(x)[:, torch.argsort(order)]


# ---------------------------------------------------------------- decoder

class Attention(nn.Module):
    def __init__(self, c: Config):
        super().__init__()
        self.c = c
        self.q_proj = nn.Linear(c.hidden_size, c.num_attention_heads * c.head_dim)
        self.k_proj = nn.Linear(c.hidden_size, c.num_key_value_heads * c.head_dim)
        self.v_proj = nn.Linear(c.hidden_size, c.num_key_value_heads * c.head_dim)
        self.o_proj = nn.Linear(c.num_attention_heads * c.head_dim, c.hidden_size, bias=False)

    def project(self, x: Tensor, rope: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        """x [M, L, H] to q, k, v [M, heads, L, head width], rotated, keys and values one per query head."""
        c, (m, length, _) = self.c, x.shape
        q = self.q_proj(x).view(m, length, c.num_attention_heads, c.head_dim).transpose(1, 2)
        k = self.k_proj(x).view(m, length, c.num_key_value_heads, c.head_dim).transpose(1, 2)
        v = self.v_proj(x).view(m, length, c.num_key_value_heads, c.head_dim).transpose(1, 2)
        share = c.num_attention_heads // c.num_key_value_heads
        return rotate(q, *rope), rotate(k, *rope).repeat_interleave(share, 1), v.repeat_interleave(share, 1)

    def merge(self, heads: Tensor) -> Tensor:
        return self.o_proj(heads.transpose(1, 2).flatten(2))


class Layer(nn.Module):
    def __init__(self, c: Config):
        super().__init__()
        self.input_layernorm = RmsNorm(c.hidden_size, c.rms_norm_eps)
        self.post_attention_layernorm = RmsNorm(c.hidden_size, c.rms_norm_eps)
        self.self_attn = Attention(c)
        self.mlp = GatedMlp(c.hidden_size, c.intermediate_size, bias=False)

    def rest(self, x: Tensor, heads: Tensor) -> Tensor:
        x = x + self.self_attn.merge(heads)
        return x + self.mlp(self.post_attention_layernorm(x))

    def forward(self, prefix, prefix_rope, prefix_mask, questions, question_rope, mask):
        """prefix [B, P, H] attends causally to itself; questions [B*Q, S, H] to their clip's prefix and to themselves."""
        attention = self.self_attn
        pq, pk, pv = attention.project(self.input_layernorm(prefix), prefix_rope)
        prefix = self.rest(prefix, attend(pq, pk, pv, prefix_mask))
        qq, qk, qv = attention.project(self.input_layernorm(questions), question_rope)
        share = questions.shape[0] // prefix.shape[0]
        keys = torch.cat((pk.repeat_interleave(share, 0), qk), 2)
        values = torch.cat((pv.repeat_interleave(share, 0), qv), 2)
        return prefix, self.rest(questions, attend(qq, keys, values, mask))


class Decoder(nn.Module):
    def __init__(self, c: Config):
        super().__init__()
        self.c = c
        self.embed_tokens = nn.Embedding(c.vocab_size, c.hidden_size)
        self.layers = nn.ModuleList(Layer(c) for _ in range(c.num_hidden_layers))
        self.norm = RmsNorm(c.hidden_size, c.rms_norm_eps)

    def rotary(self, positions: Tensor) -> tuple[Tensor, Tensor]:
        """positions [3, M, L] to cos and sin [M, 1, L, head width]; each slot follows one of the three axes."""
        c = self.c
        frequencies = c.rope_theta ** (-torch.arange(0, c.head_dim, 2, dtype=torch.float32) / c.head_dim)
        axis = torch.repeat_interleave(torch.arange(3), torch.tensor(c.mrope_section))
        angle = positions[axis.to(positions.device)].float().permute(1, 2, 0) * frequencies.to(positions.device)
        angle = torch.cat((angle, angle), -1)[:, None]
        return angle.cos(), angle.sin()

    def forward(self, prefix, prefix_positions, x, question_positions, depth: int | None = None):
        """prefix [B, P, H], its positions [3, B, P]; questions x [B*Q, S, H], positions [3, B*Q, S]; ``depth`` layers or all.

        Returns the residual streams (prefix [B, P, H], questions [B*Q, S, H]) after every layer.
        """
        length, before = x.shape[1], prefix.shape[1]
        prefix_mask = torch.full((before, before), float("-inf"), device=x.device).triu(1)
        mask = torch.full((length, length), float("-inf"), device=x.device).triu(1)
        mask = torch.cat((torch.zeros(length, before, device=x.device), mask), 1)
        prefix_rope, question_rope = self.rotary(prefix_positions), self.rotary(question_positions)
        streams = []
        for layer in self.layers[:depth]:
            prefix, x = layer(prefix, prefix_rope, prefix_mask, x, question_rope, mask)
            streams.append((prefix, x))
        return streams

    def logits(self, x: Tensor) -> Tensor:
        return F.linear(self.norm(x), self.embed_tokens.weight)


class Nano(nn.Module):
    def __init__(self, c: Config = Config()):
        super().__init__()
        self.visual = Tower(c.vision)
        self.model = Decoder(c)
        for module in self.modules():
            if isinstance(module, nn.Linear) and module.bias is not None:
                nn.init.zeros_(module.bias)
