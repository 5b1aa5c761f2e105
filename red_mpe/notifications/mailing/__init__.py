"""How announcements become words, words a message, and how a message reaches the relay. Nothing here decides or writes rows."""
