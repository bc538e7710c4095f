namespace Assay.App.Generate;

/// <summary>What a run was asked for, as its steps need it.</summary>
/// <param name="Keys">The key of every stream of draws, by stream index.</param>
/// <param name="StartSeconds">The start date, in seconds since 0001-01-01.</param>
/// <param name="DatasetRows">The rows of each dataset of the plan, in the file's order.</param>
internal sealed record RunSettings(ulong[] Keys, long StartSeconds, long[] DatasetRows);
