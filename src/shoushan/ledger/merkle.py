"""Merkle trees in the manner of certificate transparency (RFC 9162 §2.1), free of any framework.

A leaf is hashed with a 0x00 in front, an inner node with 0x01, so that neither can pass for the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

Hash = bytes
SubtreeHash = Callable[[int, int], Hash]
"""Root of the leaves from `start` up to, not including, `end`."""


def leaf_hash(content: bytes) -> Hash:
    """Hash of one leaf."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    """Hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def empty_root() -> Hash:
    """Root of the tree without leaves."""
    return hashlib.sha256(b"").digest()


class Frontier:
    """The roots of the complete subtrees of a growing tree: all that is needed to append leaves and to know the root.

    `on_node(level, index, hash)` is told of every complete node above the leaves.
    """

    def __init__(
        self, size: int = 0, roots: Sequence[Hash] = (), on_node: Callable[[int, int, Hash], None] | None = None
    ) -> None:
        if size.bit_count() != len(roots):
            raise ValueError("a frontier has one root for each set bit of its size")
        self.size = size
        self.roots = list(roots)
        self._on_node = on_node

    def append(self, leaf: Hash) -> None:
        """Add one leaf hash at the right end."""
        level, index, carried = 0, self.size, leaf
        while index & 1:
            carried = hashlib.sha256(b"\x01" + self.roots.pop() + carried).digest()
            index >>= 1
            level += 1
            if self._on_node:
                self._on_node(level, index, carried)
        self.roots.append(carried)
        self.size += 1

    def root(self) -> Hash:
        """Root of all leaves so far."""
        if not self.roots:
            return empty_root()
        carried = self.roots[-1]
        for left in reversed(self.roots[:-1]):
            carried = node_hash(left, carried)
        return carried


def root_of(leaves: Iterable[Hash]) -> Hash:
    """Root over leaf hashes."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def subtree_of(leaves: Sequence[Hash]) -> SubtreeHash:
    """Subtree roots over leaf hashes held in memory."""
    return lambda start, end: root_of(leaves[start:end])


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_path(index: int, size: int, subtree: SubtreeHash) -> list[Hash]:
    """Proof that leaf `index` is in the tree of `size` leaves (RFC 9162 §2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError("the leaf is not in the tree")
    path: list[Hash] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(subtree(middle, end))
            end = middle
        else:
            path.append(subtree(start, middle))
            start = middle
    return path[::-1]


def root_from_inclusion(leaf: Hash, index: int, size: int, path: Sequence[Hash]) -> Hash | None:
    """The root that an inclusion proof leads to (RFC 9162 §2.1.3.2); None when the proof has the wrong shape."""
    if not 0 <= index < size:
        return None
    node, last, carried = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if node & 1 or node == last:
            carried = node_hash(sibling, carried)
            while not node & 1 and node:
                node >>= 1
                last >>= 1
        else:
            carried = node_hash(carried, sibling)
        node >>= 1
        last >>= 1
    return carried if last == 0 else None


def consistency_path(old: int, new: int, subtree: SubtreeHash) -> list[Hash]:
    """Proof that the tree of `old` leaves is the beginning of the tree of `new` leaves (RFC 9162 §2.1.4.1)."""
    if not 0 < old <= new:
        raise ValueError("the older tree must have leaves and not be the larger one")
    path: list[Hash] = []
    start, end, wanted, whole = 0, new, old, True
    while wanted != end - start:
        half = _split(end - start)
        if wanted <= half:
            path.append(subtree(start + half, end))
            end = start + half
        else:
            path.append(subtree(start, start + half))
            start += half
            wanted -= half
            whole = False
    if not whole:
        path.append(subtree(start, end))
    return path[::-1]


def is_consistent(old: int, new: int, old_root: Hash, new_root: Hash, path: Sequence[Hash]) -> bool:
    """Does the proof show that the older tree is the beginning of the newer (RFC 9162 §2.1.4.2)?"""
    if not 0 < old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    rest = list(path)
    if old & (old - 1) == 0:
        rest.insert(0, old_root)
    if not rest:
        return False
    return _walk(old - 1, new - 1, rest, old_root, new_root)


def _walk(node: int, last: int, rest: Sequence[Hash], old_root: Hash, new_root: Hash) -> bool:
    while node & 1:
        node >>= 1
        last >>= 1
    older = newer = rest[0]
    for sibling in rest[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            older = node_hash(sibling, older)
            newer = node_hash(sibling, newer)
            while not node & 1 and node:
                node >>= 1
                last >>= 1
        else:
            newer = node_hash(newer, sibling)
        node >>= 1
        last >>= 1
    return older == old_root and newer == new_root and last == 0
