using Assay.Data;

namespace Assay.Refine;

/// <summary>
/// <c>number</c>: a number as written in some place to plain digits (<c>1.234,50</c> to <c>1234.50</c>, <c>(5,00)</c> to
/// <c>-5.00</c>). What is not well formed is a fault: the same text may be a well-formed number of another value elsewhere.
/// </summary>
internal sealed class NumberRule : CleaningRule
{
    /// <summary>Makes the rule.</summary>
    /// <param name="form">How the numbers are written.</param>
    public NumberRule(NumberForm form) => Form = form;

    /// <summary>How the numbers are written.</summary>
    public NumberForm Form { get; }

    /// <inheritdoc />
    public override bool KeepsPlainNumbers => Form.IsPlain;

    /// <summary>Fits the rules of a column to one another: those before a <c>number</c> are told how it expects numbers to be written.</summary>
    /// <param name="rules">The rules, in order.</param>
    /// <returns>The rules to run.</returns>
    public static CleaningRule[] Fit(IReadOnlyList<CleaningRule> rules)
    {
        CleaningRule[] fitted = [.. rules];
        NumberForm? form = null;
        for (int i = fitted.Length - 1; i >= 0; i--)
        {
            fitted[i] = form is null ? fitted[i] : fitted[i].Before(form);
            form = fitted[i] is NumberRule number ? number.Form : form;
        }

        return fitted;
    }

    /// <inheritdoc />
    public override CleanText Apply(string? value) =>
        value is null || TrimRule.IsBlank(value) ? new CleanText(value)
        : Form.Plain(value) is { } plain ? new CleanText(plain)
        : new CleanText(value, FaultCode.NotANumber);
}
