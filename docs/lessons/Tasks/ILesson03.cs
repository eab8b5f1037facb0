using Zssr.Autograd;

namespace Zssr.Lessons;

/// <summary>Lesson 3: a function that can be differentiated.</summary>
public interface ILesson03
{
    /// <summary>Softsign, y = x / (1 + |x|), element by element, with a backward pass of your own.</summary>
    static abstract Variable Softsign(Variable x);
}
