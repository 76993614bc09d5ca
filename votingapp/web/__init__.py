"""What every page of the town hall shares: access, sessions, languages, headers and the way errors are told."""
