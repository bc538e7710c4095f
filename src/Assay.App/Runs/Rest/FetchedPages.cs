using System.Collections;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>The pages of a source in reading order, packed: an API may have any number of them, and each takes some 150 bytes here
/// where its texts and objects would take a thousand. They are unpacked as they are asked for.</summary>
internal sealed class FetchedPages : IReadOnlyList<FetchedPage>
{
    private const int HashBytes = 32;

    private readonly List<byte[]> _pages = [];
    private readonly MemoryStream _packed = new();
    private readonly BinaryWriter _writer;

    /// <summary>Makes an empty list.</summary>
    public FetchedPages() => _writer = new BinaryWriter(_packed);

    /// <inheritdoc/>
    public int Count => _pages.Count;

    /// <inheritdoc/>
    public FetchedPage this[int index]
    {
        get
        {
            using var reader = new BinaryReader(new MemoryStream(_pages[index], writable: false));
            bool isLoaded = reader.ReadBoolean();
            long records = reader.Read7BitEncodedInt64();
            long bytes = reader.Read7BitEncodedInt64();
            string sha256 = Convert.ToHexStringLower(reader.ReadBytes(HashBytes));
            string address = reader.ReadString();
            return new FetchedPage(address, records, isLoaded, new PageFile(reader.ReadString(), sha256, bytes));
        }
    }

    /// <summary>Adds a page.</summary>
    /// <param name="page">The page.</param>
    public void Add(FetchedPage page)
    {
        _packed.SetLength(0);
        _writer.Write(page.IsLoaded);
        _writer.Write7BitEncodedInt64(page.Records);
        _writer.Write7BitEncodedInt64(page.File.Bytes);
        _writer.Write(Convert.FromHexString(page.File.Sha256));
        _writer.Write(page.Address);
        _writer.Write(page.File.BronzePath);
        _pages.Add(_packed.ToArray());
    }

    /// <inheritdoc/>
    public IEnumerator<FetchedPage> GetEnumerator()
    {
        for (int i = 0; i < _pages.Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
