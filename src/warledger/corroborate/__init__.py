"""Room 4, corroborate: claims of many reports become graded events."""
