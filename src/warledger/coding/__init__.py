"""Room 3, coding: the claims of one report, as the codebook defines them."""
