"""Settings of the ready-made site: `base` for all, `site` by the environment, `test` for the tests."""
