namespace Assay.Refine;

/// <summary>One step that turns the raw text of a value into cleaner text, before it is typed. Immutable and safe for all threads.</summary>
public abstract class CleaningRule
{
    /// <summary>
    /// Whether the rule leaves plain unsigned digits with at most one point (<c>12</c>, <c>0.5</c>) as they
    /// are, so that such text may be typed without running the rules.
    /// </summary>
    public virtual bool KeepsPlainNumbers => false;

    /// <summary>Whether the rule leaves a text as it is, when that can be told at a glance.</summary>
    /// <param name="printable">A text of printable ASCII that neither begins nor ends with a space, as bytes.</param>
    /// <returns>False when it may change the text or find a fault.</returns>
    internal virtual bool Keeps(ReadOnlySpan<byte> printable) => false;

    /// <summary>The rule for a column whose numbers a later rule expects to be written in some form.</summary>
    /// <param name="form">The form.</param>
    /// <returns>The rule itself, unless it looks at numbers.</returns>
    internal virtual CleaningRule Before(NumberForm form) => this;

    /// <summary>Cleans a value.</summary>
    /// <param name="value">The text so far; null when the value is missing.</param>
    /// <returns>The cleaner text, null for missing, or a fault.</returns>
    public abstract CleanText Apply(string? value);
}
