namespace Assay.Measure.Tests.Cases;

/// <summary>What can come of a case.</summary>
public enum CaseOutcomeKind
{
    /// <summary>Memory and the database agree.</summary>
    Same,

    /// <summary>They do not, or the database fails.</summary>
    Different,

    /// <summary>The dialect cannot say it, and says so before anything runs.</summary>
    Refused,

    /// <summary>Memory cannot compute it.</summary>
    NotInMemory,

    /// <summary>A value does not fit the database's numbers, which it says.</summary>
    Overflow,
}
