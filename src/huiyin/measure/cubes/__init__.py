"""Cubes: the columns of a dataset's version as small numbers, from which sums are taken quickly.

They keep every row and its customer, so what is answered from them is what the rows give.
"""
