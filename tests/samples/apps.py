"""The sample application of the tests."""

from django.apps import AppConfig


class SamplesConfig(AppConfig):
    """Known to the test settings only."""

    name = "tests.samples"
    label = "samples"

    def ready(self) -> None:
        """As an app of the product does."""
        from tests.samples import lifecycles, rules

        lifecycles.install()
        rules.install()
