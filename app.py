"""Holdfast in the browser: ``streamlit run app.py``, or ``make run``."""

import streamlit as st

from chb.ui.server import front

front.prepare()
app = st.App(front.PAGE_SCRIPT, middleware=front.middleware(), routes=front.routes())
