using System.Reflection;
using System.Runtime.CompilerServices;

namespace Zssr.Tests.Architecture;

/// <summary>A name means one type, so that a reader who searches for it finds it.</summary>
[TestFixture]
public sealed class TypeNameTests
{
    /// <summary>Type parameters make no name: <c>Entry</c> and <c>Entry&lt;T&gt;</c> are one word for two things.</summary>
    [Test]
    public void No_two_types_of_the_product_have_one_name()
    {
        IEnumerable<string> shared = ArchitectureTests.Projects.SelectMany(project => AssemblyOf(project).GetTypes()).Where(IsWrittenByHand)
            .GroupBy(type => type.Name.Split('`')[0])
            .Where(types => types.Count() > 1)
            .Select(types => $"{types.Key}: {string.Join(", ", types.Select(type => type.FullName))}");
        Assert.That(shared, Is.Empty);
    }

    private static Assembly AssemblyOf(string project) => Assembly.Load(project == "Zssr.App" ? "zssr" : project);

    private static bool IsWrittenByHand(Type type) =>
        !type.IsNested && !type.Name.StartsWith('<') && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
        && type.Namespace?.StartsWith("Zssr", StringComparison.Ordinal) == true;
}
