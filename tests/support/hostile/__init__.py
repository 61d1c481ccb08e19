"""Notes by somebody who means harm, and what to look for in a site that was made of them."""
