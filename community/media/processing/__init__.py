"""What is worked out about a photo once it has been sent, far away from any request."""
