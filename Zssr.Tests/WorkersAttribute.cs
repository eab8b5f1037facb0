using Zssr.Tests;

[assembly: Workers]

namespace Zssr.Tests;

/// <summary>
/// How many fixtures that may run side by side do: more than there are processors, for most of them wait for programs that they started.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class WorkersAttribute() : PropertyAttribute("LevelOfParallelism", Math.Max(3, Environment.ProcessorCount));
