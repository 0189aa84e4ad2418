"""The packaged model over a few short texts, without the overhead of its library: a question's vectors in half the time.

The same steps on the same numbers as the library's own; weights are laid out once as the processor wants them, which
the library does anew with every text. `fits` compares the two, and what does not fit is not used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

PROBE = ("A short text.", "Another one, which is somewhat longer than the first.")
_CLOSE = 0.005  # bfloat16 rounds to about so much


class ShortTexts:
    """Sentence vectors of a BERT model with mean pooling, as sentence-transformers has loaded it."""

    def __init__(self, model: Any, tokenizer: Any, limit: int) -> None:
        """`model` is the library's; `tokenizer` gives word pieces, neither padded nor cut."""
        bert = model[0].model
        self._finish = [model[1], model[2]]  # pooling, normalising
        self._tokenizer, self._limit = tokenizer, limit
        held = bert.embeddings
        self._words, self._places = held.word_embeddings.weight.detach(), held.position_embeddings.weight.detach()
        self._first_kind = held.token_type_embeddings.weight.detach()[0]
        self._begin = held.LayerNorm
        self._heads = bert.config.num_attention_heads
        self._layers = [_layer(layer) for layer in bert.encoder.layer]

    def fits(self, theirs: torch.Tensor) -> bool:
        """Whether these vectors of PROBE are what this gives too."""
        ours = self(PROBE)
        return bool(ours.shape == theirs.shape and (ours.float() - theirs.float()).abs().max() < _CLOSE)

    def __call__(self, texts: Sequence[str]) -> torch.Tensor:
        """One normalised vector a text."""
        import torch
        from torch.nn.functional import gelu, scaled_dot_product_attention

        pieces = [self._cut(self._tokenizer.encode(text).ids) for text in texts]
        longest = max(map(len, pieces))
        with torch.inference_mode():
            ids = torch.tensor([p + [0] * (longest - len(p)) for p in pieces])
            mask = torch.tensor([[1] * len(p) + [0] * (longest - len(p)) for p in pieces])
            padded = any(len(p) < longest for p in pieces)
            seen = mask.bool()[:, None, None, :].expand(-1, 1, longest, longest) if padded else None
            x = self._begin(self._words[ids] + self._first_kind + self._places[:longest])
            split = (len(texts), longest, self._heads, -1)
            for query, key, value, out, normed, wide, narrow, last in self._layers:
                q, k, v = (of(x).view(split).transpose(1, 2) for of in (query, key, value))
                heads = scaled_dot_product_attention(q, k, v, attn_mask=seen).transpose(1, 2)
                x = normed(out(heads.reshape(len(texts), longest, -1)) + x)
                x = last(narrow(gelu(wide(x))) + x)
            features = {"token_embeddings": x, "attention_mask": mask}
            for step in self._finish:
                features = step(features)
        found: torch.Tensor = features["sentence_embedding"]
        return found

    def _cut(self, ids: list[int]) -> list[int]:
        """What the model reads of a text; the last piece is the mark of its end."""
        return ids if len(ids) <= self._limit else [*ids[: self._limit - 1], ids[-1]]


def _layer(layer: Any) -> tuple[Callable[[torch.Tensor], torch.Tensor], ...]:
    own, after = layer.attention.self, layer.attention.output
    return (
        *(_linear(part) for part in (own.query, own.key, own.value, after.dense)),
        after.LayerNorm,
        *(_linear(part) for part in (layer.intermediate.dense, layer.output.dense)),
        layer.output.LayerNorm,
    )


def _linear(part: Any) -> Callable[[torch.Tensor], torch.Tensor]:
    """A matrix of the model with its weights laid out for this processor, where torch has that."""
    import torch

    weight, bias = part.weight.detach(), part.bias.detach()
    ops: Any = torch.ops.mkldnn
    try:
        laid_out = ops._reorder_linear_weight(weight)
        multiply = ops._linear_pointwise.default
        multiply(torch.zeros(1, weight.shape[1], dtype=weight.dtype), laid_out, bias, "none", [], "")
    except (AttributeError, NotImplementedError, RuntimeError):  # another processor, or a torch built without it
        return lambda x: torch.nn.functional.linear(x, weight, bias)
    return lambda x: multiply(x, laid_out, bias, "none", [], "")
