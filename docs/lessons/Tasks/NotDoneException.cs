namespace Zssr.Lessons;

/// <summary>The blank of an exercise: its tests wait for you to put your code in its place.</summary>
/// <param name="lesson">The lesson's number.</param>
public sealed class NotDoneException(int lesson)
    : Exception($"This exercise waits for you: fill in docs/lessons/Exercises/Lesson{lesson:D2}.cs, as the lesson tells.");
