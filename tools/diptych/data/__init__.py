"""Plain data with places: TOML and YAML become the same tree, and one schema reads both."""
