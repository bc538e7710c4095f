using System.Text;
using Assay.Data;

namespace Assay.Read.Tests;

public sealed class CsvEncodingTests
{
    private const string Document = "id;städt\r\n1;Köln\r\n2;\"a\"\"é\r\n\"\r\n3;ß\r\n";

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static TheoryData<CsvEncoding, byte[]> Encoded => new()
    {
        { CsvEncoding.Utf8, Encoding.UTF8.GetBytes(Document) },
        { CsvEncoding.Windows1252, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Document)] },
        { CsvEncoding.Utf8, [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Document)] },
        { CsvEncoding.Utf8, [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Document)] },
        { CsvEncoding.Utf16, [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Document)] },
        { CsvEncoding.Utf16, Encoding.Unicode.GetBytes(Document) },
        { CsvEncoding.Utf16, Encoding.BigEndianUnicode.GetBytes(Document) },
        { CsvEncoding.Latin1, Encoding.Latin1.GetBytes(Document) },
        { CsvEncoding.Windows1252, Windows1252.GetBytes(Document) },
        { CsvEncoding.Utf8, Gzip.Compress([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Document)]) },
        { CsvEncoding.Windows1252, Gzip.Compress(Windows1252.GetBytes(Document)) },
    };

    [Theory]
    [MemberData(nameof(Encoded))]
    public void Text_WhenEncodedInAKnownWay_ThenIsUtf8(CsvEncoding encoding, byte[] document)
    {
        foreach (int most in (int[])[1, 3, 1000])
        {
            var options = new CsvOptions { Encoding = encoding, BlockSize = 16 };
            using CsvSource source = CsvSource.Open(new SlowStream(document, most), "test.csv", ["städt", "id"], options, "test");

            Assert.Equal(["Köln 1", "a\"é\r\n 2", "ß 3"], CsvReading.All(source, 1, 5).Select(Texts));
        }
    }

    [Theory]
    [InlineData(CsvEncoding.Latin1, "\u0080", "\u0080")]
    [InlineData(CsvEncoding.Windows1252, "\u0080", "€")]
    [InlineData(CsvEncoding.Windows1252, "\u0081", "\u0081")]
    public void Text_WhenOfOneByteEach_ThenIsWhatTheEncodingSays(CsvEncoding encoding, string bytes, string text)
    {
        using CsvSource source = CsvReading.Open(CsvReading.Bytes($"a\n{bytes}"), new CsvOptions { Encoding = encoding }, "a");

        Assert.Equal([text], CsvReading.All(source, 1, 5).Select(Texts));
    }

    [Fact]
    public void Text_WhenOfAnyCharacters_ThenIsReadAsItsUtf8Is()
    {
        const string Characters = ";;\"\n\n\r,ab1äé€ß\u0080\u00FFŒœ";
        var random = new Random(5);
        for (int i = 0; i < 1_500; i++)
        {
            string text = "a;b\n" + string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => Characters[random.Next(Characters.Length)]));
            (CsvEncoding declared, Encoding encoding) = random.Next(4) switch
            {
                0 => (CsvEncoding.Latin1, Encoding.Latin1),
                1 => (CsvEncoding.Windows1252, Windows1252),
                2 => (CsvEncoding.Utf16, Encoding.BigEndianUnicode),
                _ => (CsvEncoding.Utf16, Encoding.Unicode),
            };
            byte[] bytes = encoding.GetBytes(text);
            var options = new CsvOptions { Delimiter = (byte)';', BlockSize = random.Next(1, 40), FieldLimit = 50, RecordLimit = 70 };
            using CsvSource source = CsvSource.Open(
                new SlowStream(bytes, random.Next(1, 50)), "test.csv", ["b", "a"], options with { Encoding = declared }, "test");
            using CsvSource plain = CsvReading.Open(Encoding.UTF8.GetBytes(encoding.GetString(bytes)), options, "b", "a");

            Assert.Equal(
                CsvReading.All(plain, 1, 5).Select(record => record.ToString()),
                CsvReading.All(source, random.Next(1, 4), 5).Select(record => record.ToString()));
        }
    }

    [Fact]
    public void Offset_WhenNotUtf8_ThenIsThatInTheUtf8Text()
    {
        using CsvSource source = CsvReading.Open(
            [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("ä\nb\nü\nc\n")], null, "ä");

        Assert.Equal([3L, 5, 8], CsvReading.All(source, 1, 5).Select(record => record.Offset));
    }

    [Fact]
    public void Source_WhenRewound_ThenReadsTheSameTextAgain()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Document)]);
        using CsvSource source = CsvSource.Open([path, path], ["städt"], new CsvOptions(), "test");
        string[] first = [.. CsvReading.All(source, 1, 5).Select(Texts)];
        Assert.Equal(source.TotalBytes, source.BytesRead);

        source.Rewind();

        Assert.Equal(6, first.Length);
        Assert.Equal(first, CsvReading.All(source, 1, 5).Select(Texts));
    }

    [Theory]
    [InlineData(0xD83D)]
    [InlineData(0xDE00)]
    [InlineData(0xDE00, 0xD83D)]
    public void Record_WhenItHasHalfAPair_ThenIsAFaultOfThatRecord(params int[] half)
    {
        byte[] halves = [.. half.SelectMany(unit => (byte[])[(byte)unit, (byte)(unit >> 8)])];
        byte[] document = [.. Encoding.Unicode.GetBytes("\uFEFFa\nb\nx"), .. halves, .. Encoding.Unicode.GetBytes("y\n😀\n")];
        using CsvSource source = CsvReading.Open(document, new CsvOptions { BlockSize = 4 }, "a");

        Assert.Equal([FaultCode.None, FaultCode.InvalidUtf8, FaultCode.None], CsvReading.All(source, 1, 5).Select(record => record.Fault));
    }

    [Fact]
    public void File_WhenItEndsInHalfACharacter_ThenIsAFaultOfTheLastRecord()
    {
        using CsvSource source = CsvReading.Open([.. Encoding.Unicode.GetBytes("\uFEFFa\nb\nc"), 0x41], null, "a");

        Assert.Equal([FaultCode.None, FaultCode.InvalidUtf8], CsvReading.All(source, 1, 5).Select(record => record.Fault));
    }

    [Theory]
    [InlineData("PK\u0003\u0004\u0014", "test.csv is a zip archive, as an .xlsx workbook is, too: unpack it, or export the sheet as CSV.")]
    [InlineData("\u00FF\u00FE\0\0a\0\0\0", "test.csv: the encoding UTF-32 is not read; save the file as UTF-8.")]
    [InlineData("\u00FF\u00FE\u0000\u00D8\n\0", "test.csv: the header is not valid UTF-16.")]
    [InlineData("a\0\n\0b\0", "test.csv: the header has NUL characters; if the file is UTF-16, say so: `encoding: utf-16`.")]
    public void File_WhenOfNoTextThatIsRead_ThenSaysWhatToDo(string latin1, string message) =>
        Assert.Equal(message, Assert.Throws<ReadException>(() => CsvReading.Open(CsvReading.Bytes(latin1), null, "a")).Message);

    [Theory]
    [InlineData("\u00FF\u00FE")]
    [InlineData("\u00FE\u00FF")]
    public void File_WhenOfAMarkOnly_ThenIsEmpty(string latin1) =>
        Assert.Equal(ReadErrorKind.Empty, Assert.Throws<ReadException>(() => CsvReading.Open(CsvReading.Bytes(latin1), null, "a")).Kind);

    private static string Texts(CsvRecord record) =>
        string.Join(" ", record.Fields.Select(field => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(field!))));
}
