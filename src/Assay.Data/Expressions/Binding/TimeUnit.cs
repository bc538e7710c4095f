namespace Assay.Data;

/// <summary>The units that <c>date_add</c> and <c>date_diff</c> count in.</summary>
internal enum TimeUnit
{
    Second,
    Minute,
    Hour,
    Day,
    Month,
    Year,
}
