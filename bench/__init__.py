"""The benchmark: what a page costs, beside a bare Flask page served in the same minutes. See bench/README.md.

``python -m bench`` owns its servers, its load and its table. It knows the product only from outside: the commands and
paths every other client uses.
"""
