"""What leaves the platform as a file: documents, spreadsheets and forms."""
