"""From counts to what is shown: nothing that fewer than five people stand behind."""
