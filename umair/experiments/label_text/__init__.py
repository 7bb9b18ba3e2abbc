"""The words of a picture's labels as one vector: how they are best weighed, and what they are worth to a ranker."""
