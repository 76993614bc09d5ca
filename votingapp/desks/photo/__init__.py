"""The desk where a candidate hands in her photograph, says which part of it voters see, and takes it away again."""
