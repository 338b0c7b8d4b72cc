"""The screens: the only floor that knows Streamlit and folium."""
