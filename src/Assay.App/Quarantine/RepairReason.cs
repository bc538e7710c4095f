using Assay.Data;
using Assay.Refine;
using Assay.Store;

namespace Assay.App.Quarantine;

/// <summary>Says what is wrong with a record, all of it, so that a person can mend it.</summary>
internal static class RepairReason
{
    private static readonly Dictionary<string, FaultCode> Codes = Enum.GetValues<FaultCode>().ToDictionary(code => code.Name(), StringComparer.Ordinal);

    /// <summary>The reason.</summary>
    /// <param name="record">The record.</param>
    /// <param name="fields">The fields of its source.</param>
    /// <param name="texts">Their texts, in the same order.</param>
    /// <returns>For example <c>quantity: expected between 1 and 9, found `12`; price: expected a number such as 12.5, found nothing</c>.</returns>
    public static string Of(RepairRecord record, IReadOnlyList<string> fields, string?[] texts)
    {
        string ofParent = FaultCode.ParentRejected.Name();
        var own = record.Faults.Where(fault => fault.Row.Code != ofParent).ToList();

        // That the parent was set aside is a reason of its own only when the parent is not here.
        return string.Join("; ", (own.Count > 0 ? own : record.Faults).SelectMany(fault => All(fault.Plan, fault.Row, fields, texts)).Distinct(StringComparer.Ordinal));
    }

    private static IEnumerable<string> All(CleaningPlan plan, QuarantineRow row, IReadOnlyList<string> fields, string?[] texts)
    {
        yield return row.Column.Length == 0 ? $"{row.Code}: expected {row.Expected}"
            : row.Code == FaultCode.Conflicting.Name() ? $"{row.Column}: expected {row.Expected}"
            : Told(row.Column, row.Expected, row.Value);
        foreach (string also in row.Also.Split("; ", StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = also.LastIndexOf(':');
            (string name, string code) = (also[..Math.Max(colon, 0)], also[(colon + 1)..]);
            int column = plan.Table.Columns.ToList().FindIndex(known => known.Name == name);
            int field = column < 0 ? -1 : fields.ToList().IndexOf(plan.Table.Columns[column].Field);
            yield return field < 0 || !Codes.TryGetValue(code, out FaultCode fault)
                ? $"{name}: {code}"
                : Told(name, plan.Expectation(column, fault), texts[field] ?? "");
        }
    }

    private static string Told(string column, string expected, string found) =>
        $"{column}: expected {expected}, found {(found.Length == 0 ? "nothing" : $"`{found}`")}";
}
