"""What partners and the community are shown: types that cannot hold what they must not see."""
