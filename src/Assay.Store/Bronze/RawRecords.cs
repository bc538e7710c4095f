using System.IO.Compression;

namespace Assay.Store;

/// <summary>Reads single records out of a raw file, plain or gzip, in one pass.</summary>
public static class RawRecords
{
    private const int BufferSize = 64 << 10;

    /// <summary>Takes a record's bytes, which are valid during the call.</summary>
    /// <param name="place">Where the record stands.</param>
    /// <param name="record">Its bytes.</param>
    public delegate void Take(RecordPlace place, ReadOnlySpan<byte> record);

    /// <summary>Reads records.</summary>
    /// <param name="raw">The file.</param>
    /// <param name="places">Where they stand, by ascending offset; several may share one.</param>
    /// <param name="take">Takes each of them.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArgumentException">The places do not ascend.</exception>
    /// <exception cref="StoreException">The file cannot be read, or ends before a record does.</exception>
    public static void Read(string raw, IReadOnlyList<RecordPlace> places, Take take, CancellationToken cancellationToken = default)
    {
        try
        {
            using Stream file = Open(raw);
            ReadAll(file, raw, places, take, cancellationToken);
        }
        catch (Exception e) when (StoreException.Explains(e) || e is InvalidDataException)
        {
            throw new StoreException(raw, $"cannot read {raw}: {e.Message}", e);
        }
    }

    private static void ReadAll(Stream file, string raw, IReadOnlyList<RecordPlace> places, Take take, CancellationToken cancellationToken)
    {
        byte[] record = [];
        byte[] skipped = new byte[BufferSize];
        long position = 0;
        RecordPlace? last = null;
        foreach (RecordPlace place in places)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (last is null || place.Offset != last.Offset || place.Length != last.Length)
            {
                if (place.Offset < position)
                {
                    throw new ArgumentException($"The record at {place.Offset} begins before the one at {last!.Offset} ends.", nameof(places));
                }

                bool isWhole = Skip(file, place.Offset - position, skipped);
                record = record.Length < place.Length ? new byte[place.Length] : record;
                if (!isWhole || file.ReadAtLeast(record.AsSpan(0, place.Length), place.Length, throwOnEndOfStream: false) < place.Length)
                {
                    throw new StoreException(raw, $"{raw} ends before its row {place.Row} does, at byte {place.Offset + place.Length}; it is not the file that was loaded");
                }

                position = place.Offset + place.Length;
                last = place;
            }

            take(place, record.AsSpan(0, place.Length));
        }
    }

    private static Stream Open(string raw)
    {
        var file = new FileStream(raw, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferSize);
        bool isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static bool Skip(Stream file, long bytes, byte[] buffer)
    {
        if (file.CanSeek)
        {
            file.Seek(bytes, SeekOrigin.Current);
            return true;
        }

        while (bytes > 0)
        {
            int read = file.Read(buffer, 0, (int)Math.Min(bytes, buffer.Length));
            if (read == 0)
            {
                return false;
            }

            bytes -= read;
        }

        return true;
    }
}
