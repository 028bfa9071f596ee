"""A page for developers to try the API and to read what it offers, served by ourselves alone.

The well-known GraphiQL would bring more than a megabyte of packages and needs styles and workers
that a strict content security policy forbids; this page is a few kilobytes and needs nothing.
"""
