"""What supervisors and institutes see of their groups."""
