namespace Assay.Read;

/// <summary>What becomes of records with fields at their top level that are neither asked for nor known.</summary>
public enum UnknownFields
{
    /// <summary>They are taken like others; the fields are told.</summary>
    Tell,

    /// <summary>The same, and it is counted how many records have each of the fields.</summary>
    Count,

    /// <summary>They are faults: <see cref="Data.FaultCode.UnknownField"/>.</summary>
    Refuse,
}
