"""What kinds of wrong segmentation there are; without NumPy, for the rules' modules."""

MERGED, SPLIT, SHIFTED, REDUPLICATED = 0, 1, 2, 3
