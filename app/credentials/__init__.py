"""The certificate: its values, its paper, its public page."""
