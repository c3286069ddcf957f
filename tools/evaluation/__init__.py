"""Scores: how the program's output compares with gold claims and with public benchmarks.

In go gold files and the program's answers as JSON lines; out come named figures between 0 and 1 and the pages that show
them. Nothing here imports the program: it is run as a stranger runs it, on inputs without their labels.
"""
