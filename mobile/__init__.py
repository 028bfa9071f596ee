"""The phone app: TypeScript sources, their build, and the built files the server hands out."""
