"""Ways to show what Diptych knows: one renderer a file, none of which prints."""
