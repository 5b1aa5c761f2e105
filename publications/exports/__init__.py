"""What leaves the library: words for pages, files to take away."""
