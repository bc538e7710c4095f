using Assay.Data;

namespace Assay.Refine;

/// <summary>
/// <c>email</c>: trims and lower-cases an address. It counts as one when it has an <c>@</c> and a dot somewhere
/// behind the last <c>@</c>; stricter rules refuse addresses that do receive mail.
/// </summary>
internal sealed class EmailRule : CleaningRule
{
    private readonly bool _invalidIsMissing;

    /// <summary>Makes the rule.</summary>
    /// <param name="invalidIsMissing">Whether what is no address counts as missing instead of as a fault.</param>
    public EmailRule(bool invalidIsMissing = false) => _invalidIsMissing = invalidIsMissing;

    /// <inheritdoc />
    public override CleanText Apply(string? value)
    {
        if (value is null || TrimRule.IsBlank(value))
        {
            return default;
        }

        string address = LetterCaseRule.Lower(TrimRule.Trim(value));
        int at = address.LastIndexOf('@');
        return at >= 0 && address.IndexOf('.', at) >= 0 ? new CleanText(address)
            : _invalidIsMissing ? default
            : new CleanText(value, FaultCode.NotAnEmail);
    }
}
