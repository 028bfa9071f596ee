"""Web Push: one encrypted and signed request per device (RFC 8030, 8188, 8291, 8292)."""
