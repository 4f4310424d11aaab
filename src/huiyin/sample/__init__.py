"""The generated sample company, with planted truths that tests look for.

`write.write_sample` makes the files; `truths` holds one file per planted truth; `surveys` and
`records` hold one file per table. Nothing here comes from a real customer.
"""
