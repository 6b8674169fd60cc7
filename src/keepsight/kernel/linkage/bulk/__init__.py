"""The linkage model over a whole area at once, column by column in arrays.

The weights are those of the model's one file (`kernel.linkage.model`); what is different from the
live path is only that each distinct pair of values is compared once, however many records hold it.
"""
