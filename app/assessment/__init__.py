"""Attempts at quizzes, answers, results."""
