using System.Diagnostics.CodeAnalysis;
using Assay.Data;

namespace Assay.Measure;

/// <summary>
/// Aggregates that a program adds to the built-in ones, called by name in a KPI's measures, having and summary:
/// <c>geometric_mean(price)</c>. A catalog is filled before it is used, and not changed then.
/// </summary>
public sealed class AggregateCatalog
{
    private readonly Dictionary<string, CustomFunction> _functions = new(StringComparer.Ordinal);
    private readonly bool _isFrozen;

    /// <summary>Makes an empty catalog.</summary>
    public AggregateCatalog()
    {
    }

    private AggregateCatalog(bool isFrozen) => _isFrozen = isFrozen;

    /// <summary>The catalog without aggregates.</summary>
    public static AggregateCatalog Empty { get; } = new(isFrozen: true);

    /// <summary>The names of its aggregates.</summary>
    public IReadOnlyCollection<string> Names => _functions.Keys;

    /// <summary>Adds an aggregate of one argument.</summary>
    /// <param name="name">Its name: lower-case letters, digits and <c>_</c>.</param>
    /// <param name="resultType">Gives the type of the result for an argument's type, or null when it takes no such argument.</param>
    /// <param name="start">Makes the empty state of one group, for an argument's type; called by several threads.</param>
    /// <returns>This catalog.</returns>
    /// <exception cref="ArgumentException">The name is none, or a function has it already.</exception>
    public AggregateCatalog Register(string name, Func<ColumnType, ColumnType?> resultType, Func<ColumnType, ICustomAggregate> start)
    {
        if (_isFrozen)
        {
            throw new InvalidOperationException("The empty catalog stays empty: make one of your own.");
        }

        if (name.Length == 0 || !(char.IsAsciiLetterLower(name[0]) || name[0] == '_')
            || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            throw new ArgumentException($"`{name}` cannot name an aggregate: use a-z, 0-9 and `_`.", nameof(name));
        }

        if (ExpressionFunctions.IsKnown(name) || !IsCallable(name))
        {
            throw new ArgumentException($"`{name}` has a meaning in expressions already.", nameof(name));
        }

        return _functions.TryAdd(name, new CustomFunction(name, resultType, start))
            ? this
            : throw new ArgumentException($"The aggregate `{name}` is registered already.", nameof(name));
    }

    /// <summary>Whether it has an aggregate.</summary>
    /// <param name="name">The aggregate's name.</param>
    /// <returns>True when it has.</returns>
    public bool Contains(string name) => _functions.ContainsKey(name);

    internal bool TryGet(string name, [NotNullWhen(true)] out CustomFunction? function) => _functions.TryGetValue(name, out function);

    /// <summary>Whether the name is no word of the language.</summary>
    private static bool IsCallable(string name)
    {
        try
        {
            return ExpressionParser.Parse($"{name}(x)") is CallExpression call && call.Name == name;
        }
        catch (ExpressionException)
        {
            return false;
        }
    }
}
