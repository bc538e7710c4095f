namespace Assay.Refine;

/// <summary><c>unit</c>: takes a unit off the end of a number (<c>5 units</c>, <c>5kg</c>), whatever its case; anything else stays as it is.</summary>
internal sealed class UnitRule : CleaningRule
{
    private readonly string[] _units;

    /// <summary>Makes the rule.</summary>
    /// <param name="units">The units known.</param>
    public UnitRule(IEnumerable<string> units)
    {
        // The longest first, so that "units" is not read as "unit" with something behind it.
        _units = [.. units.OrderByDescending(unit => unit.Length)];
    }

    /// <inheritdoc />
    public override bool KeepsPlainNumbers => true;

    /// <inheritdoc />
    public override CleanText Apply(string? value)
    {
        if (value is null)
        {
            return default;
        }

        foreach (string unit in _units)
        {
            if (value.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                ReadOnlySpan<char> number = value.AsSpan(0, value.Length - unit.Length).TrimEnd();
                return new CleanText(NumberText.IsNumber(number, out _) ? number.ToString() : value);
            }
        }

        return new CleanText(value);
    }
}
