namespace Assay.Read;

/// <summary>64 bytes that are compared at once, by whichever vectors the machine has.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal interface IByteChunk<TSelf>
    where TSelf : struct, IByteChunk<TSelf>
{
    /// <summary>One bit for each byte that is not ASCII, the first byte's lowest.</summary>
    ulong NonAscii { get; }

    /// <summary>Loads 64 bytes.</summary>
    /// <param name="source">The first of them.</param>
    /// <returns>The chunk.</returns>
    static abstract TSelf Load(ref readonly byte source);

    /// <summary>Finds a byte.</summary>
    /// <param name="value">The byte.</param>
    /// <returns>One bit for each byte equal to it, the first byte's lowest.</returns>
    ulong Equal(byte value);
}
