"""The parts of the glossary."""
