"""Pictures for the demo, drawn by program: landscapes, towns and weather that look like somebody's photos.

Run by ``community.cli.demo.photos`` as a program of its own, so that neither the server nor the worker ever loads it.
Light is linear until ``lens`` makes a photo of it. Lengths are metres where nothing else is said.
"""
