"""Words into terms, and stories into what feeds say of them."""
