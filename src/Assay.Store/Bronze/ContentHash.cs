using System.Security.Cryptography;

namespace Assay.Store;

/// <summary>Reads bytes once, hashing them with SHA-256 and, where that is asked for, copying them.</summary>
internal static class ContentHash
{
    private const int ChunkSize = 1 << 20;

    /// <summary>Reads a stream to its end. One part is hashed while the part before it is written and the next is read.</summary>
    /// <param name="input">The stream.</param>
    /// <param name="origin">What the stream is called in messages.</param>
    /// <param name="output">Takes a copy; null for none.</param>
    /// <param name="progress">Is told of the bytes of each part.</param>
    /// <param name="cancellationToken">Stops the reading, also while it waits for more input.</param>
    /// <returns>The hash in lower-case hexadecimal, and the number of bytes.</returns>
    /// <exception cref="StoreException">The input cannot be read, or the copy not be written.</exception>
    public static (string Sha256, long Bytes) Read(
        Stream input, string origin, FileStream? output, Action<long>? progress, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[][] buffers = [new byte[ChunkSize], new byte[ChunkSize]];
        long total = 0;
        Task hashing = Task.CompletedTask;
        try
        {
            for (int turn = 0; ; turn ^= 1)
            {
                cancellationToken.ThrowIfCancellationRequested();
                byte[] chunk = buffers[turn];
                int read = Next(input, origin, chunk, cancellationToken);
                hashing.GetAwaiter().GetResult();
                if (read == 0)
                {
                    return (Convert.ToHexStringLower(hash.GetHashAndReset()), total);
                }

                hashing = Task.Run(() => hash.AppendData(chunk, 0, read), CancellationToken.None);
                Write(output, chunk.AsSpan(0, read));
                total += read;
                progress?.Invoke(read);
            }
        }
        finally
        {
            // The hash must not end while a part of it is under way.
            hashing.GetAwaiter().GetResult();
        }
    }

    private static int Next(Stream input, string origin, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            // A read from a terminal or a pipe cannot be stopped, but it need not be waited for.
            return input.CanSeek
                ? input.Read(buffer)
                : Task.Run(() => input.Read(buffer), cancellationToken).WaitAsync(cancellationToken).GetAwaiter().GetResult();
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw new StoreException(origin, $"cannot read {origin}: {e.Message}", e);
        }
    }

    private static void Write(FileStream? output, ReadOnlySpan<byte> bytes)
    {
        try
        {
            output?.Write(bytes);
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw StoreException.For(output!.Name, e);
        }
    }
}
