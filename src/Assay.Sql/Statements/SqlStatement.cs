namespace Assay.Sql;

/// <summary>A statement, as data.</summary>
public abstract record SqlStatement;
