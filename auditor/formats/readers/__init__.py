"""Files in, a module a format: bytes to documents, with an error that names the file and the place in it."""
