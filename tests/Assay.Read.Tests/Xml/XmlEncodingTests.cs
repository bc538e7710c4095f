using System.Text;
using Assay.Data;

namespace Assay.Read.Tests;

public sealed class XmlEncodingTests
{
    private const string Document = "<a><order><id>é€</id></order><order><id>😀</id></order></a>";

    public static TheoryData<string, byte[]> Encoded => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Document) },
        { "UTF-8 with a mark", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Document)] },
        { "UTF-8 as declared", Encoding.UTF8.GetBytes("<?xml version='1.0' encoding=\"utf-8\"?>" + Document) },
        { "UTF-16, low byte first", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Document)] },
        { "UTF-16, high byte first", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Document)] },
        { "UTF-16 without a mark", Encoding.Unicode.GetBytes("<?xml version='1.0' encoding='utf-16'?>" + Document) },
        { "high byte first without a mark", Encoding.BigEndianUnicode.GetBytes("<?xml version='1.0' encoding='utf-16'?>" + Document) },
        { "UTF-16 as gzip", Gzip.Compress([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Document)]) },
    };

    [Theory]
    [MemberData(nameof(Encoded))]
    public void Text_WhenEncodedInAKnownWay_ThenIsUtf8(string name, byte[] document)
    {
        foreach (int most in (int[])[1, 3, 1000])
        {
            using XmlSource source = XmlSource.Open(new SlowStream(document, most), name, ["id"], XmlReading.Options with { BlockSize = 16 }, "test");

            Assert.Equal(["é€", "😀"], XmlReading.All(source, 1, 5).Select(record => record.Fields[0]));
            Assert.Empty(source.Incomplete);
        }
    }

    [Theory]
    [InlineData("ISO-8859-1", "\u00E9\u0080", "é\u0080")]
    [InlineData("latin1", "\u00FF", "ÿ")]
    [InlineData("Windows-1252", "\u00E9\u0080\u0099\u0081", "é€™\u0081")]
    [InlineData("us-ascii", "x", "x")]
    public void Text_WhenEncodedAsDeclared_ThenIsUtf8(string encoding, string bytes, string text)
    {
        using XmlSource source = XmlReading.Open(
            CsvReading.Bytes($"<?xml version='1.0' encoding='{encoding}'?><a><order><id>{bytes}</id></order></a>"), null, "id");

        CsvRecord record = Assert.Single(XmlReading.All(source, 1, 5));
        Assert.Equal(text, record.Fields[0]);
        Assert.Equal(FaultCode.None, record.Fault);
    }

    [Fact]
    public void Record_WhenItHasHalfAPair_ThenIsAFaultOfThatRecord()
    {
        byte[] document = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Document), 0];
        int pair = document.AsSpan().IndexOf(Encoding.Unicode.GetBytes("😀"));
        document[pair + 2] = (byte)'x';
        document[pair + 3] = 0;
        using XmlSource source = XmlReading.Open(document, null, "id");

        Assert.Equal([FaultCode.None, FaultCode.InvalidUtf8], XmlReading.All(source, 1, 5).Select(record => record.Fault));
        Assert.Equal("text outside of the root element", Assert.Single(source.Incomplete).Reason);
    }

    [Theory]
    [InlineData("<?xml version='1.0' encoding='EUC-JP'?><a/>", "EUC-JP")]
    [InlineData("<?xml version='1.0' encoding='utf-16'?><a/>", "utf-16")]
    [InlineData("\u00FF\u00FE\0\0<\0\0\0", "UTF-32")]
    public void File_WhenItsEncodingIsNotRead_ThenSaysSo(string latin1, string encoding)
    {
        ReadException error = Assert.Throws<ReadException>(() => XmlReading.Open(CsvReading.Bytes(latin1), null, "id"));

        Assert.Equal(ReadErrorKind.BadHeader, error.Kind);
        Assert.Equal(
            $"test.xml: the encoding {encoding} is not read, only UTF-8, UTF-16 with a byte order mark, US-ASCII, ISO-8859-1 and windows-1252; convert the file to UTF-8.",
            error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u00EF\u00BB\u00BF")]
    [InlineData("\u00FE\u00FF")]
    public void File_WhenEmpty_ThenSaysSo(string latin1)
    {
        ReadException error = Assert.Throws<ReadException>(() => XmlReading.Open(CsvReading.Bytes(latin1), null, "id"));

        Assert.Equal(ReadErrorKind.Empty, error.Kind);
        Assert.Equal("test.xml is empty.", error.Message);
    }

    [Fact]
    public void File_WhenNotThere_ThenSaysSo()
    {
        ReadException error = Assert.Throws<ReadException>(() => XmlSource.Open(["/nowhere/a.xml"], ["id"], XmlReading.Options, "test"));

        Assert.Equal(ReadErrorKind.NotFound, error.Kind);
        Assert.Equal("/nowhere/a.xml: there is no such file.", error.Message);
    }

    [Fact]
    public void Stream_WhenRead_ThenCannotBeRewound()
    {
        using XmlSource source = XmlReading.Open("<a/>"u8.ToArray(), null, "id");

        Assert.False(source.CanRewind);
        Assert.Null(source.TotalBytes);
        Assert.Throws<InvalidOperationException>(source.Rewind);
    }
}
