"""What is around every page. In a folder of its own: Streamlit takes a folder ``pages``
beside its script for pages of an older kind, and would run ours as bare scripts.
"""
