"""The devices (enheder) of the polling station: the secretariat invites them, and takes their access back."""
