using System.IO.Compression;
using System.Text;

namespace Assay.App.Tests.Server;

/// <summary>Makes bodies up: files of all kinds in forms of all kinds, and what is no form.</summary>
/// <param name="words">What names and values are taken from.</param>
internal sealed class RandomForms(string[] words)
{
    private static readonly string[] Names =
    [
        "a.csv", "A.CSV", "my data.csv", "a.txt", "", ".csv", "../../../a.csv", "..\\..\\a.csv", "/etc/passwd", "C:\\a.csv", "a.csv/", "<script>.csv", "\";.csv", "a\0.csv", "ÄÖ😀.csv", "con.csv",
        new string('x', 300) + ".csv",
    ];

    private static readonly string[] Fields = ["file", "file", "file", "file", "sales", "orders", "customers", "", "FILE", "file[]", "../file"];

    private static readonly string[] Types =
    [
        "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=other", "multipart/form-data; boundary=\"b\"", "multipart/mixed; boundary=b", "application/json",
        "application/x-www-form-urlencoded", "text/csv", "nonsense", "multipart/form-data; boundary=" + "b234567890b234567890b234567890b234567890b234567890b234567890b234567890b234567890",
    ];

    /// <summary>A body.</summary>
    /// <param name="random">What it is made from.</param>
    /// <param name="isExpected">Whether the address takes a form.</param>
    public HttpContent Make(Random random, bool isExpected)
    {
        int kind = random.Next(isExpected ? 12 : 4);
        return kind switch
        {
            0 => Typed(random, Bytes(random, random.Next(200))),
            1 => Typed(random, Encoding.UTF8.GetBytes("{\"file\": [1, {\"a\": null}], \"num_rows\": 1e400")),
            2 => Typed(random, Part(random, isWhole: false)),
            3 => Typed(random, Part(random, isWhole: true)),
            _ => Form(random),
        };
    }

    private static ByteArrayContent Typed(Random random, byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", random.Next(3) == 0 ? Pick(random, Types) : "multipart/form-data; boundary=b");
        return content;
    }

    /// <summary>A form written by hand, which may break off.</summary>
    private byte[] Part(Random random, bool isWhole)
    {
        string disposition = Pick(random,
        [
            "form-data; name=\"file\"; filename=\"a.csv\"", "form-data; name=file; filename=a.csv", "form-data; name=\"file\"; filename*=UTF-8''a%00%ff.csv", "form-data; filename=\"a.csv\"", "attachment",
            "form-data; name=\"file\"; filename=\"a.csv", "form-data; name=\"chunk_size\"", "", "form-data; name=\"" + Pick(random, words).Replace('\r', ' ').Replace('\n', ' ') + "\"",
        ]);
        string text = $"--b\r\nContent-Disposition: {disposition}\r\n{(random.Next(4) == 0 ? "X: " + new string('y', 20_000) + "\r\n" : "")}\r\n{ServerUnderTest.Csv}\r\n--b--\r\n";
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return isWhole ? bytes : bytes[..random.Next(bytes.Length)];
    }

    private MultipartFormDataContent Form(Random random)
    {
        var form = new MultipartFormDataContent();
        foreach (string field in new[] { "chunk_size", "pipeline", "keep_silver", "extra" }.Where(_ => random.Next(4) == 0))
        {
            string value = random.Next(2) == 0 ? Pick(random, ["500", "sales", "false"]) : Pick(random, words);
            form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(random.Next(30) == 0 ? new string('z', 5_000) : value)), field);
        }

        for (int files = random.Next(6) == 0 ? random.Next(40) : 1; files > 0; files--)
        {
            var part = new ByteArrayContent(File(random));
            string name = Pick(random, random.Next(2) == 0 ? Names : ["a.csv"]).Replace("\0", "%00", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            string field = random.Next(4) == 0 ? Pick(random, Fields) : "file";
            part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"{field}\"; filename=\"{new string([.. name.Select(c => c < 0x80 ? c : '_')])}\"");
            form.Add(part);
        }

        return form;
    }

    private static byte[] File(Random random)
    {
        byte[] csv = Encoding.UTF8.GetBytes(ServerUnderTest.Csv);
        switch (random.Next(12))
        {
            case 0:
                return [];
            case 1:
                return Bytes(random, random.Next(1, 5_000));
            case 2:
                return Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(ServerUnderTest.Csv)).ToArray();
            case 3:
                return [.. Encoding.UTF8.GetPreamble(), .. csv];
            case 4:
                return Gzip(csv)[..random.Next(1, 60)];
            case 5:
                return Gzip(csv);
            case 6:
                return Encoding.UTF8.GetBytes(ServerUnderTest.Header);
            case 7:
                return [.. csv, .. Bytes(random, 500)];
            case 8:
                return Encoding.UTF8.GetBytes("\"" + ServerUnderTest.Header.Replace(",", "\",\"", StringComparison.Ordinal) + ServerUnderTest.Csv);
            case 9:
                int at = random.Next(csv.Length);
                csv[at] = (byte)random.Next(256);
                return csv;
            default:
                return csv;
        }
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return output.ToArray();
    }

    private static byte[] Bytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];
}
