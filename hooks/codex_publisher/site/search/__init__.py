"""What readers search in: a record of each note, and the index that Pagefind makes of them."""
