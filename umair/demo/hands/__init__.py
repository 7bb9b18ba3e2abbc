"""Painters' hands: each turns the passes of any scene into a picture and never knows what the scene is called."""
