"""The peers as a Django app; its tables are made without migrations."""

from django.apps import AppConfig


class PeersConfig(AppConfig):
    """Tables of the peers."""

    name = "bench.peers"
    label = "peers"
