"""What stands in front of Streamlit: who may speak to the server, and what it hands out."""
