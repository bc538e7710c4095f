namespace Assay.Store;

/// <summary>A partition's file that is written anew.</summary>
/// <param name="Partition">The partition's number.</param>
/// <param name="Staged">The path below the home that it is written to.</param>
/// <param name="File">The stored file that it takes the place of, by its place; null when there is none.</param>
/// <param name="Incoming">How many incoming rows it gets.</param>
/// <param name="Stays">How many of the stored file's rows stay.</param>
/// <param name="Removed">How many of them go.</param>
internal sealed record PartitionWrite(int Partition, string Staged, int? File, long Incoming, long Stays, long Removed);
