namespace Assay.Refine;

/// <summary><c>digits</c>: keeps the digits 0 to 9 and nothing else; a text without any is missing.</summary>
internal sealed class DigitsRule : CleaningRule
{
    /// <inheritdoc />
    public override CleanText Apply(string? value)
    {
        if (value is null)
        {
            return default;
        }

        char[] digits = Array.FindAll(value.ToCharArray(), char.IsAsciiDigit);
        return new CleanText(digits.Length == 0 ? null : digits.Length == value.Length ? value : new string(digits));
    }
}
