"""Floats: how they are numbered, how exact numbers round to them, and how far a result is off.

Nothing here knows about formulas or losses; the modules measure any float array against
any function that answers in Arb balls.
"""
