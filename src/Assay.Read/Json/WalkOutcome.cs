namespace Assay.Read;

/// <summary>Where a walk through a document has come.</summary>
internal enum WalkOutcome
{
    /// <summary>It needs more text.</summary>
    More,

    /// <summary>The list of records was come to; its opening bracket is used.</summary>
    Records,

    /// <summary>The single record was come to; its opening brace is not used.</summary>
    Single,

    /// <summary>What is there cannot be records, or have them.</summary>
    Wrong,

    /// <summary>The document is malformed.</summary>
    Fault,

    /// <summary>The document is over.</summary>
    End,
}
