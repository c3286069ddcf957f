"""One module a revision, oldest first; a revision that was published is never changed."""
