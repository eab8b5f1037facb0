using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;
using Zssr.Lessons;

namespace Zssr.Tests.Lessons;

/// <summary>A test of an exercise is skipped, with the place of the blank, until the exercise is done.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WaitsWhileBlankAttribute : Attribute, IWrapTestMethod
{
    public TestCommand Wrap(TestCommand command) => new Waiting(command);

    private sealed class Waiting(TestCommand inner) : DelegatingTestCommand(inner)
    {
        public override TestResult Execute(TestExecutionContext context)
        {
            try
            {
                return context.CurrentResult = innerCommand.Execute(context);
            }
            catch (Exception failure) when (Blank(failure) is { } blank)
            {
                context.CurrentResult.SetResult(ResultState.Ignored, blank.Message);
                return context.CurrentResult;
            }
        }

        private static NotDoneException? Blank(Exception? failure) =>
            failure as NotDoneException ?? (failure is null ? null : Blank(failure.InnerException));
    }
}
