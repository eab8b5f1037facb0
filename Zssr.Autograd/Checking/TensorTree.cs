using System.Collections;
using System.Reflection;
using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>The tensors in a structure of records, tuples, lists and dictionaries, with names that say where they are.</summary>
internal static class TensorTree
{
    /// <summary>Each tensor once, in the order of the structure.</summary>
    /// <exception cref="GradCheckException">There is none.</exception>
    public static IReadOnlyList<GradCheckInput> In(object structure)
    {
        var found = new List<GradCheckInput>();
        Add(structure, "", found, new HashSet<object>(ReferenceEqualityComparer.Instance));
        return found.Count > 0 ? found : throw new GradCheckException(
            $"gradient check: there is no tensor in the inputs, a {structure.GetType().Name}. Tensors are looked for in public properties, "
            + "the fields of tuples, lists and dictionaries.");
    }

    private static void Add(object? value, string name, List<GradCheckInput> found, HashSet<object> seen)
    {
        if (value is null or string || value.GetType() is { IsPrimitive: true } or { IsEnum: true } || !seen.Add(value))
            return;
        switch (value)
        {
            case Tensor tensor:
                found.Add(new GradCheckInput(tensor) { Name = name.Length == 0 ? "input" : name });
                break;
            case GradCheckInput input:
                found.Add(input with { Name = input.Name ?? name });
                break;
            case IDictionary dictionary:
                foreach (DictionaryEntry entry in dictionary)
                    Add(entry.Value, $"{name}[{entry.Key}]", found, seen);
                break;
            case IEnumerable list:
                int number = 0;
                foreach (object? item in list)
                    Add(item, $"{name}[{number++}]", found, seen);
                break;
            default:
                AddMembers(value, name, found, seen);
                break;
        }
    }

    private static void AddMembers(object value, string name, List<GradCheckInput> found, HashSet<object> seen)
    {
        Type type = value.GetType();
        if (type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true && value is not System.Runtime.CompilerServices.ITuple)
            return;
        PropertyInfo[] properties =
            [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0)];
        // A tensor that carries its own name, such as a module's parameter.
        if (properties.FirstOrDefault(property => property.Name == "Name")?.GetValue(value) is string own
            && properties.SingleOrDefault(property => property.PropertyType == typeof(Tensor)) is { } tensor)
        {
            Add(tensor.GetValue(value), own, found, seen);
            return;
        }

        foreach (PropertyInfo property in properties)
            Add(property.GetValue(value), Member(property.Name), found, seen);
        foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
            Add(field.GetValue(value), Member(field.Name), found, seen);

        string Member(string member) => name.Length == 0 ? member : $"{name}.{member}";
    }
}
