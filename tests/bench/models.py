"""What the floor reads."""

from django.db import models


class Entry(models.Model):
    """A row of an ordinary list, as every tutorial has it."""

    title = models.CharField(max_length=200)
    slug = models.SlugField()
    author = models.CharField(max_length=100)
    place = models.CharField(max_length=100)
    body = models.TextField()
    number = models.PositiveIntegerField()
    is_new = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
