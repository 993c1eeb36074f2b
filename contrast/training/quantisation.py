"""Make an ONNX graph small: weights in eight bits, computed in eight bits only where that costs little accuracy.

A table of embeddings is stored with one scale a row, a matrix with one scale a column, both turned back to floats when the
graph is loaded or read; matrices that are named for it are also multiplied in integers (dynamic quantisation).
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from pathlib import Path

import numpy as np
import onnx
from onnx import NodeProto, TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

LEVELS = 127
TABLE_ROWS = 1000
"""A gathered table with fewer rows than this stays as it is."""


def quantise(graph: Path, output: Path, *, integer: Collection[str], exact: Collection[str]) -> None:
    """Write the graph with small weights; nodes are named as in the graph.

    ``integer``: matrix products computed in integers, with seven bits of a weight, so that processors without VNNI do not
    saturate. ``exact``: those whose weights stay as they are.
    """
    model = onnx.load(graph)
    for node in list(model.graph.node):
        if node.op_type == "MatMul" and node.name not in integer and node.name not in exact:
            _compact_matrix(model.graph, node)
        elif node.op_type == "Gemm" and node.name not in exact:
            _compact_matrix(model.graph, node, axis=1)
        elif node.op_type == "Gather":
            _compact_table(model.graph, node)
    if not integer:
        onnx.save(model, str(output))
        return
    with tempfile.TemporaryDirectory() as folder:
        compact = Path(folder) / "compact.onnx"
        onnx.save(model, str(compact))
        quantize_dynamic(
            compact, output, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, nodes_to_quantize=list(integer)
        )


def _compact_matrix(graph: onnx.GraphProto, node: NodeProto, axis: int = 0) -> None:
    """``axis``: the one along which a scale holds; the inputs of a matrix (0), or of one that the graph turns over (1)."""
    name = node.input[1]
    if not _store(graph, name, axis=axis):
        return
    graph.node.insert(0, helper.make_node("Mul", [f"{name}_floats", f"{name}_scale"], [name]))
    graph.node.insert(0, helper.make_node("Cast", [f"{name}_small"], [f"{name}_floats"], to=TensorProto.FLOAT))


def _compact_table(graph: onnx.GraphProto, node: NodeProto) -> None:
    name, rows, output = node.input[0], node.input[1], node.output[0]
    if not _store(graph, name, axis=1, least_rows=TABLE_ROWS):
        return
    place = list(graph.node).index(node)
    graph.node.remove(node)
    for made in (
        helper.make_node("Mul", [f"{output}_floats", f"{output}_scale"], [output]),
        helper.make_node("Gather", [f"{name}_scale", rows], [f"{output}_scale"]),
        helper.make_node("Cast", [f"{output}_small"], [f"{output}_floats"], to=TensorProto.FLOAT),
        helper.make_node("Gather", [f"{name}_small", rows], [f"{output}_small"]),
    ):
        graph.node.insert(place, made)


def _store(graph: onnx.GraphProto, name: str, *, axis: int, least_rows: int = 0) -> bool:
    """Replace the constant ``name`` by eight-bit values and their scales along ``axis``; False where there is none such."""
    stored = next((constant for constant in graph.initializer if constant.name == name), None)
    if stored is None or stored.dims[0] < least_rows:
        return False
    values = numpy_helper.to_array(stored)
    scale = np.maximum(np.abs(values).max(axis=axis, keepdims=True) / LEVELS, 1e-12).astype(np.float32)
    small = np.clip(np.round(values / scale), -LEVELS, LEVELS).astype(np.int8)
    graph.initializer.remove(stored)
    graph.initializer.extend([numpy_helper.from_array(small, f"{name}_small"), numpy_helper.from_array(scale, f"{name}_scale")])
    return True
