"""Mentorship matching for women contributors of the Wikimedia movement.

Nothing is imported here, so that ``import mentorship.matching`` loads the matching core alone.
"""
