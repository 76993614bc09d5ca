"""The desk of identity: where a person says who she is before she stands."""
