"""Sound in the booth: what can be heard there is spoken on the laptop once and bound by hash, so that no tablet needs a voice."""
