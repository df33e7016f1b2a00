"""The matching core: people in, an optimal and certified plan out, with its reasons."""
