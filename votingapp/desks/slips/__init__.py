"""The slips (stemmesedler): printed, handed to the desks, exchanged when damaged, and accounted for to the last one."""
