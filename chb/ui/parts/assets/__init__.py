"""The register of community assets on screen."""
