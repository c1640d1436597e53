"""The web server: a socket, and gunicorn on it."""

import errno
import gc
import os
import socket
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from gunicorn.app.base import BaseApplication

from config import Settings

BACKLOG = 2048
GRACE = 10  # seconds that requests have to finish when the server stops
SHARED_MEMORY = Path("/dev/shm")


class CannotListen(Exception):
    """The address cannot be served on; the message says why and what to do."""


def open_socket(host: str, port: int) -> socket.socket:
    """Take the address. It is taken before anything else is done, so that a second start changes nothing."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        raise CannotListen(_why(error, host, port)) from error
    return listener


def _why(error: OSError, host: str, port: int) -> str:
    if isinstance(error, socket.gaierror):
        return f"IMRS_HOST is “{host}”, which is no address of this machine: give 127.0.0.1, or 0.0.0.0 for all."
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is taken, perhaps by a course that runs already: "
            f"stop the other program, or choose another port, for example IMRS_PORT={port % 65535 + 1}."
        )
    if error.errno == errno.EACCES:
        return f"This user may not open port {port}: choose one from 1024 on with IMRS_PORT, and put a proxy before it."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"IMRS_HOST is “{host}”, which is no address of this machine: give 127.0.0.1, or 0.0.0.0 for all."
    return f"Cannot serve on {host}, port {port}: {error.strerror}."


class WebServer(BaseApplication):
    """Gunicorn with threads, set up from our settings alone: no file and no variable of its own is read."""

    def __init__(
        self,
        make_app: Callable[[], Flask],
        settings: Settings,
        listener: socket.socket,
        reload: bool,
        announce: Callable[[], None],
    ) -> None:
        self.make_app = make_app
        self.settings = settings
        self.listener = listener
        self.reloads = reload
        self.announce = announce
        super().__init__()

    def load_config(self) -> None:
        options = {
            "bind": f"fd://{os.dup(self.listener.fileno())}",
            "worker_class": "gthread",
            "workers": self.settings.workers,
            "threads": self.settings.threads,
            "preload_app": not self.reloads,
            "reload": self.reloads,
            "timeout": 60,
            "graceful_timeout": GRACE,
            "keepalive": 5,
            "loglevel": "warning",
            "control_socket_disable": True,
            # Which proxy may say who the visitor is, IMRS_PROXIES decides in the application.
            "forwarded_allow_ips": "",
            "proc_name": "imrs",
            "when_ready": lambda _arbiter: self.announce(),
        }
        if SHARED_MEMORY.is_dir() and os.access(SHARED_MEMORY, os.W_OK):
            # The heartbeat file: on a disc under load, a busy worker would look dead.
            options["worker_tmp_dir"] = str(SHARED_MEMORY)
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application. What it has loaded stays for good, so garbage collection need not look through it again."""
        app = self.make_app()
        gc.collect()
        gc.freeze()
        return app
