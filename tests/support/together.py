"""Several acts at the same instant, each on a connection of its own."""

from collections import deque
from threading import Barrier, Thread

from django.db import connection


def together(*acts):
    """Run every act in a thread, all beginning at once; return what each gave or raised, in their order."""
    barrier, results = Barrier(len(acts)), {}

    def run(number, act):
        try:
            barrier.wait()
            results[number] = act()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return [results[number] for number in range(len(acts))]


def crowd(acts, hands=20):
    """Run many acts with so many hands, each on a connection of its own, all beginning at once; return what each gave or raised."""
    barrier, results, todo = Barrier(hands), {}, deque(enumerate(acts))

    def work():
        barrier.wait()
        while todo:
            try:
                number, act = todo.popleft()
            except IndexError:  # another hand took the last one
                break
            try:
                results[number] = act()
            except Exception as error:
                results[number] = error
        connection.close()

    threads = [Thread(target=work) for _hand in range(hands)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return [results[number] for number in range(len(acts))]
