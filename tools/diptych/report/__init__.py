"""Renderers: findings and ledgers as text for people and for programs."""
