"""What is seen: each page is a function of values that returns elements; ``frame`` stands around all of them."""
