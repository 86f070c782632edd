"""RFC 9162 §2.1 with the eight leaves of certificate transparency's own test vectors."""

import pytest

from shoushan.ledger import merkle

INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
LEAVES = [merkle.leaf_hash(bytes.fromhex(each)) for each in INPUTS]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(1, 9))
def test_it_reaches_the_published_roots(size: int) -> None:
    assert merkle.root_of(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_it_has_the_published_root_of_nothing() -> None:
    assert merkle.root_of([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_it_gives_the_published_inclusion_path() -> None:
    path = merkle.inclusion_path(0, 8, merkle.subtree_of(LEAVES))

    assert [each.hex() for each in path] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]


def test_it_gives_the_published_consistency_path() -> None:
    path = merkle.consistency_path(6, 8, merkle.subtree_of(LEAVES))

    assert [each.hex() for each in path] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_it_proves_every_leaf_of_every_size_and_no_other() -> None:
    leaves = [merkle.leaf_hash(bytes([number])) for number in range(130)]
    for size in [*range(1, 35), 63, 64, 65, 96, 127, 128, 129, 130]:
        root = merkle.root_of(leaves[:size])
        for index in range(size):
            path = merkle.inclusion_path(index, size, merkle.subtree_of(leaves))
            assert merkle.root_from_inclusion(leaves[index], index, size, path) == root
            assert merkle.root_from_inclusion(leaves[index - 1], index, size, path) != root or size == 1
            assert merkle.root_from_inclusion(leaves[index], index, size, [*path, root]) is None


def test_it_proves_that_every_older_tree_begins_the_newer() -> None:
    leaves = [merkle.leaf_hash(bytes([number])) for number in range(130)]
    roots = [merkle.root_of(leaves[:size]) for size in range(131)]
    for new in [*range(1, 35), 64, 65, 127, 128, 129, 130]:
        for old in range(1, new + 1):
            path = merkle.consistency_path(old, new, merkle.subtree_of(leaves))
            assert merkle.is_consistent(old, new, roots[old], roots[new], path)
            assert not merkle.is_consistent(old, new, roots[old - 1], roots[new], path)
            assert not merkle.is_consistent(old, new, roots[old], roots[new], [*path, roots[0]])
            if path:
                assert not merkle.is_consistent(old, new, roots[old], roots[new], path[1:])


def test_it_refuses_what_is_not_in_the_tree() -> None:
    with pytest.raises(ValueError, match="not in the tree"):
        merkle.inclusion_path(8, 8, merkle.subtree_of(LEAVES))
    with pytest.raises(ValueError, match="older tree"):
        merkle.consistency_path(0, 8, merkle.subtree_of(LEAVES))
    with pytest.raises(ValueError, match="one root"):
        merkle.Frontier(3, [b"x"])
    assert merkle.root_from_inclusion(LEAVES[0], 9, 8, []) is None
    assert not merkle.is_consistent(0, 8, b"", b"", [])
    assert not merkle.is_consistent(3, 8, b"", b"", [])
