"""Red MPE: the working place of a network on artisanal and small-scale mining."""

from red_mpe.celery import app as celery_app

__all__ = ["celery_app"]
