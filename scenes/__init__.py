"""What the viewer sees: lessons, the stage they are drawn on, and the films they become."""
