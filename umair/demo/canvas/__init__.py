"""What every drawing of the demo is made with: curves, colours, noise and the pen that fills the passes."""
