"""Maps that need nothing from outside: offline folium, packed cells, own scripts."""
