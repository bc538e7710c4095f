namespace Assay.App.Generate;

/// <summary>A buffer on its way from a worker to the output and back.</summary>
internal sealed class OutputBlock(int bytes)
{
    /// <summary>The rows' text.</summary>
    public byte[] Buffer { get; } = new byte[bytes];

    /// <summary>The block's place in the output, from 0.</summary>
    public long Number { get; set; }

    /// <summary>The bytes of <see cref="Buffer"/> in use.</summary>
    public int Length { get; set; }

    /// <summary>The rows in it.</summary>
    public int Rows { get; set; }
}
