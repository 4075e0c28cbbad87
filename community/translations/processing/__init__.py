"""What is worked out about an original and its translation before anybody reads them."""
