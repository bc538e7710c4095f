using System.Globalization;
using System.Reflection;
using System.Text;
using Assay.App.Tests.EndToEnd;

namespace Assay.App.Tests.Api;

/// <summary>What programs can rely on: the public types of the namespace Assay with their members, kept in Golden/api/public.txt.</summary>
public sealed class PublicApiTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    [Fact]
    public void PublicTypes_WhenListed_ThenAreAsKept()
    {
        var list = new StringBuilder();
        foreach (Type type in typeof(AssayPipeline).Assembly.GetExportedTypes().Where(type => type.Namespace == "Assay").OrderBy(type => type.Name, StringComparer.Ordinal))
        {
            list.Append(CultureInfo.InvariantCulture, $"{(type.IsSealed ? "sealed " : "")}class {type.Name}{(type.BaseType == typeof(object) ? "" : $" : {Name(type.BaseType!)}")}\n");
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
            {
                list.Append(CultureInfo.InvariantCulture, $"  {member}\n");
            }
        }

        GoldenFile.Check(Path.Combine("api", "public.txt"), list.ToString());
    }

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        bool isRecord = type.GetMethod("<Clone>$") is not null;
        foreach (ConstructorInfo constructor in type.GetConstructors(Own))
        {
            yield return $"{type.Name}({Parameters(constructor)})";
        }

        foreach (PropertyInfo property in type.GetProperties(Own))
        {
            string name = property.GetIndexParameters() is { Length: > 0 } index ? $"this[{Name(index[0].ParameterType)}]" : property.Name;
            yield return $"{Name(property.PropertyType)}{Mark(property.PropertyType, Nullability.Create(property))} {name} {{ get; {(property.CanWrite ? "init; " : "")}}}";
        }

        // What the compiler writes for records is no decision of ours.
        foreach (MethodInfo method in type.GetMethods(Own).Where(method => !method.IsSpecialName && !(isRecord && IsOfRecords(method))))
        {
            string generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
            yield return $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)} {method.Name}{generic}({Parameters(method)})";
        }
    }

    private static bool IsOfRecords(MethodInfo method) =>
        method.Name is "Equals" or "GetHashCode" or "Deconstruct" or "<Clone>$" || (method.Name == "ToString" && method.DeclaringType != typeof(DefinitionError));

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)}{Mark(parameter.ParameterType, Nullability.Create(parameter))} {parameter.Name}{(parameter.IsOptional ? " = default" : "")}"));

    /// <summary>Whether a reference may be null; of values, their type tells.</summary>
    private static string Mark(Type type, NullabilityInfo nullability) => !type.IsValueType && nullability.ReadState == NullabilityState.Nullable ? "?" : "";

    private static string Name(Type type) =>
        Nullable.GetUnderlyingType(type) is { } value ? Name(value) + "?"
        : !type.IsGenericType ? type.Name
        : $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
}
