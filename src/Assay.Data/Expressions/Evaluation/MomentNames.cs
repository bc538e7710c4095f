namespace Assay.Data;

/// <summary>The English names of weekdays and months, the same in every culture.</summary>
internal static class MomentNames
{
    /// <summary>From Monday on, as ISO 8601 counts.</summary>
    public static IReadOnlyList<string> Weekdays { get; } =
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    public static IReadOnlyList<string> Months { get; } =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
}
