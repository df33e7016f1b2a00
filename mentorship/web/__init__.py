"""HTTP: the pages, their forms, and who may open them."""
