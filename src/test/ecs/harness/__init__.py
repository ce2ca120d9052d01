"""What the end-to-end tests are made of: the emulated account, databases, images, and deploys through the gate."""
