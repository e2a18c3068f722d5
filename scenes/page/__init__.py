"""The laboratory: one HTML file in which a reader turns the learning rate, drags the ball, and races methods.

engine.js is the simulator once more and knows no page; javascript.py writes gdsim's own functions for it. The other
scripts, the style and the template are plain files that document.py puts together; nothing is built or fetched.
"""
