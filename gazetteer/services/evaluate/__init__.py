"""Evaluation: how often is the right record first, how often is a match right, and what is a score worth?"""
