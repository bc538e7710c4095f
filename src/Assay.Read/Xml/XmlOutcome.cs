namespace Assay.Read;

/// <summary>How far a scan came.</summary>
internal enum XmlOutcome
{
    /// <summary>To the end of the window, or as near as it can: see <see cref="XmlScanner.Cut"/>.</summary>
    More,

    /// <summary>To a fault: the document is not well formed.</summary>
    Bad,

    /// <summary>To the end of the record that was to be skipped.</summary>
    Skipped,
}
