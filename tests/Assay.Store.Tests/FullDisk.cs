namespace Assay.Store.Tests;

/// <summary>A file on a disk that takes 10,000 bytes and then fails as .NET reports ENOSPC.</summary>
internal sealed class FullDisk : MemoryStream
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (Length + buffer.Length > 10_000)
        {
            throw new IOException("No space left on device", 28);
        }

        base.Write(buffer);
    }
}
