using Assay.Data;
using Assay.Refine.Decode;

namespace Assay.Refine;

/// <summary>What each fault says was expected, in words that tell a person what to mend.</summary>
internal static class Expectations
{
    public static string OfRecord(FaultCode code) => code switch
    {
        FaultCode.ShortRow => "as many fields as the header has",
        FaultCode.LongRow => "no more fields than the header has",
        FaultCode.BadQuote => "a closing quote, followed by a delimiter or the line's end",
        FaultCode.FieldTooLong => "a field of at most 1 MiB",
        FaultCode.RecordTooLong => "a shorter record",
        FaultCode.InvalidUtf8 => "valid UTF-8",
        FaultCode.RepeatedField => "each needed field at most once",
        FaultCode.BadJson => "a well-formed JSON object, nested no deeper than 64 levels",
        FaultCode.UnknownField => "no fields but those that the tables read, or `known_fields` names",
        FaultCode.Overflow => "a result within 128 bits",
        FaultCode.Conflicting => "the same values in every record of its key",
        FaultCode.ParentRejected => "a good record to be a line of",
        _ => "a valid record",
    };

    public static string OfColumn(ColumnDefinition column, FaultCode code) => code switch
    {
        FaultCode.Required => Missing(column.Type.Kind),
        FaultCode.NotANumber when column.Clean.OfType<NumberRule>().FirstOrDefault() is { } rule => NumberAs(rule, column),
        FaultCode.NotANumber when column.Type.Kind == ColumnKind.Integer => "a whole number such as 12",
        FaultCode.NotANumber => "a number such as 12.5",
        FaultCode.NotAnInteger => "a whole number such as 12",
        FaultCode.TooManyDecimals => $"at most {column.Type.Scale} digits after the point",
        FaultCode.OutOfRange when column.Type.Kind == ColumnKind.Integer => "a whole number within 64 bits",
        FaultCode.OutOfRange => $"at most {column.Type.Precision - column.Type.Scale} digits before the point",
        FaultCode.NotADate when column.Formats.Count == 0 => column.Type.Kind == ColumnKind.Date
            ? "a date as yyyy-MM-dd (ISO 8601)"
            : "a moment as yyyy-MM-dd HH:mm:ss, also with a fraction or an offset such as +05:30 (ISO 8601)",
        FaultCode.NotADate => "a date as " + string.Join(" or ", DateDecoder.FormatsOf(column)),
        FaultCode.NotABoolean => "true or false",
        FaultCode.NotAnEmail => "an e-mail address",
        FaultCode.NotAPhone => "a telephone number",
        FaultCode.NoMatch => $"text that matches {column.Matches}",
        FaultCode.NotBetween => Range(column),
        FaultCode.NotAccepted => "one of " + string.Join(", ", column.AcceptedValues ?? []),
        FaultCode.NulCharacter => "text without NUL characters",
        FaultCode.CheckFailed => column.CheckText ?? "a value that passes the check",
        FaultCode.Conflicting => $"the same {column.Name} in every record of its key",
        FaultCode.RuleFailed => string.Join("; ", column.Clean.OfType<RegisteredRule>().Select(rule => rule.Expectation).Distinct()),
        _ => OfRecord(code),
    };

    private static string NumberAs(NumberRule rule, ColumnDefinition column) => column.Type.Kind == ColumnKind.Integer
        ? $"a whole number such as {rule.Form.Example(whole: true)}"
        : $"a number such as {rule.Form.Example(whole: false)}";

    private static string Missing(ColumnKind kind) => kind switch
    {
        ColumnKind.Integer => "a whole number",
        ColumnKind.Decimal => "a number",
        ColumnKind.Boolean => "true or false",
        ColumnKind.Date or ColumnKind.Timestamp => "a date",
        _ => "a text",
    };

    private static string Range(ColumnDefinition column) => (column.Minimum, column.Maximum) switch
    {
        (not null, not null) => $"between {column.Minimum} and {column.Maximum}",
        (not null, null) => $"at least {column.Minimum}",
        _ => $"at most {column.Maximum}",
    };
}
