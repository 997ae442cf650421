"""What waits for an author, on the first screen of the editor's pages: a module and a panel for each kind of it."""
