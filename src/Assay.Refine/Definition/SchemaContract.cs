namespace Assay.Refine;

/// <summary>What becomes of a source's fields that no column of its tables reads and nobody said are known.</summary>
public enum SchemaContract
{
    /// <summary>They stay in the raw data, and those that the last run did not have are reported.</summary>
    Evolve,

    /// <summary>The run fails, and nothing is published.</summary>
    Freeze,

    /// <summary>Records that have one are set aside.</summary>
    DiscardRow,

    /// <summary>They are left out without a word, and counted.</summary>
    DiscardValue,
}
