"""The listening socket, opened by the parent: a web process that dies and returns refuses nobody."""

import errno
import http.client
import socket

from api.embedded.failure import EngineError

ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


def reserve(host: str, port: int) -> socket.socket:
    """Binds only; nobody is let in before the web process listens."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        refuse_if_served(host, port)
        listener.bind((host, port))
    except OSError as error:
        raise EngineError(sentence(error, host, port)) from error
    return listener


def refuse_if_served(host: str, port: int) -> None:
    """Some systems let two sockets share an address when only one of them listens."""
    try:
        socket.create_connection((ANYWHERE.get(host, host), port), timeout=1).close()
    except OSError:
        return
    raise OSError(errno.EADDRINUSE, "in use")


def sentence(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use: stop what listens there, or choose another, for example CATCHBALL_PORT={port + 1}."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} is not for this user: choose one above 1023 by CATCHBALL_PORT."
    return f"Catchball cannot listen on {host} port {port}: {error.strerror}."


def answers(host: str, port: int, path: str) -> bool:
    """True when a GET of the path is answered by 200."""
    connection = http.client.HTTPConnection(ANYWHERE.get(host, host), port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
