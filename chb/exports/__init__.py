"""Going out: one file per product, its provenance inside."""
