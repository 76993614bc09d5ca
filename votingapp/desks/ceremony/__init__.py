"""The key ceremony desk: board members make one key together, each on her own device, and the house only relays."""
