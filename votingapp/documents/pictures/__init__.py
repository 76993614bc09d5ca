"""A candidate's photograph: whatever her phone gave, made into one plain upright picture, and the squares cut from it."""
