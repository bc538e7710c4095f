namespace Assay.Refine;

/// <summary><c>unit</c>: takes a unit off the end of a number (<c>5 units</c>, <c>5kg</c>), whatever its case; anything else stays as it is.</summary>
internal sealed class UnitRule : CleaningRule
{
    private readonly string[] _units;
    private readonly NumberForm? _form;

    /// <summary>Makes the rule.</summary>
    /// <param name="units">The units known.</param>
    /// <param name="form">How the numbers are written; null for plain ones and those with commas between thousands.</param>
    public UnitRule(IEnumerable<string> units, NumberForm? form = null)
    {
        _form = form;

        // The longest first, so that "units" is not read as "unit" with something behind it.
        _units = [.. units.OrderByDescending(unit => unit.Length)];
    }

    /// <inheritdoc />
    public override bool KeepsPlainNumbers => true;

    /// <inheritdoc />
    internal override CleaningRule Before(NumberForm form) => new UnitRule(_units, form);

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
                return new CleanText(IsNumber(number) ? number.ToString() : value);
            }
        }

        return new CleanText(value);
    }

    private bool IsNumber(ReadOnlySpan<char> text) => _form is null ? NumberText.IsNumber(text, out _) : _form.Plain(text) is not null;
}
