using Assay.Data;
using Assay.Measure;
using Assay.Refine;

namespace Assay;

/// <summary>Takes what a program adds to the cleaning rules and aggregates that pipelines may name. See <see cref="AssayPipeline.Load"/>.</summary>
public sealed class AssayRegistry
{
    internal AssayRegistry()
    {
    }

    internal CleaningRuleCatalog Rules { get; private set; } = CleaningRuleCatalog.Default;

    internal AggregateCatalog Aggregates { get; } = new();

    /// <summary>Adds a cleaning rule: <c>clean: [trim, NAME]</c>.</summary>
    /// <param name="name">Its name: a small letter, then small letters, digits and <c>_</c>.</param>
    /// <param name="clean">Gives the cleaner text of a value that is there, or null when it refuses the value, whose row is then set aside
    /// as <c>rule_failed</c>. It is called from several threads at once, and not for every row: the same text must always give the same.</param>
    /// <param name="expectation">What it expects of a value, in words, for the quarantine and reports.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">There is a rule of that name, or the name is none.</exception>
    public AssayRegistry AddRule(string name, Func<string, string?> clean, string expectation)
    {
        ArgumentNullException.ThrowIfNull(clean);
        return AddRule(name, text => clean(text) is { } cleaner ? new CleanText(cleaner) : CleanText.Refused, expectation);
    }

    /// <summary>Adds a cleaning rule that can also say that a value is missing.</summary>
    /// <param name="name">Its name: a small letter, then small letters, digits and <c>_</c>.</param>
    /// <param name="clean">Gives the cleaner text of a value that is there, <c>default</c> when it means that the value is missing, or
    /// <see cref="CleanText.Refused"/>. It is called from several threads at once, and not for every row: the same text must always give
    /// the same.</param>
    /// <param name="expectation">What it expects of a value, in words, for the quarantine and reports.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">There is a rule of that name, or the name is none.</exception>
    public AssayRegistry AddRule(string name, Func<string, CleanText> clean, string expectation)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(clean);
        ArgumentNullException.ThrowIfNull(expectation);
        Rules = Rules.With(name, clean, expectation);
        return this;
    }

    /// <summary>Adds an aggregate over numbers that needs all of them at once, such as a percentile. A group's values are held in memory.</summary>
    /// <param name="name">Its name: lower-case letters, digits and <c>_</c>.</param>
    /// <param name="scale">The digits after the point of its results, 0 to 28; they are rounded half to even.</param>
    /// <param name="compute">Gives the result of a group's values, nulls left out, in ascending order, so that it depends on nothing but
    /// them; null when there is none. It is called once a group, also for one without values.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is none, or a function has it already.</exception>
    public AssayRegistry AddAggregate(string name, int scale, Func<IReadOnlyList<decimal>, decimal?> compute)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, MostDecimalDigits);
        ArgumentNullException.ThrowIfNull(compute);
        return AddAggregate(
            name,
            type => type.IsNumeric ? ColumnType.Decimal(ColumnType.MaxPrecision, scale) : null,
            type => new SortedValues(type.Scale, scale, compute));
    }

    /// <summary>Adds an aggregate of one argument, called in a KPI's measures, having and summary: <c>NAME(price)</c>.</summary>
    /// <param name="name">Its name: lower-case letters, digits and <c>_</c>.</param>
    /// <param name="resultType">Gives the type of the result for an argument's type, or null when it takes no such argument.</param>
    /// <param name="start">Makes the empty state of one group, for an argument's type; called by several threads.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is none, or a function has it already.</exception>
    public AssayRegistry AddAggregate(string name, Func<ColumnType, ColumnType?> resultType, Func<ColumnType, ICustomAggregate> start)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(resultType);
        ArgumentNullException.ThrowIfNull(start);
        Aggregates.Register(name, resultType, start);
        return this;
    }

    /// <summary>The most digits that a <see cref="decimal"/> has after its point.</summary>
    private const int MostDecimalDigits = 28;
}
