"""The roll on a stick (valgliste på USB-nøgle): written anew all evening, so that paper can take over at any minute."""
