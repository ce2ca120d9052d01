SELECT id, name FROM harbour -- in a file
