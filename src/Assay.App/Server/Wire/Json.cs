using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Assay.App.Server;

/// <summary>Writes JSON answers.</summary>
internal static class Json
{
    /// <summary>The content type of a plain answer.</summary>
    public const string ContentType = "application/json";

    private const int SmallAnswer = 4096;

    // Letters of all languages as they are; what matters within HTML is still escaped.
    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) };

    /// <summary>Writes an answer as a whole, so that an error on the way leaves none half done.</summary>
    public static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write, string contentType = ContentType)
    {
        var buffer = new ArrayBufferWriter<byte>(SmallAnswer);
        using (var writer = new Utf8JsonWriter(buffer, Layout))
        {
            write(writer);
        }

        context.Response.ContentType = contentType;
        context.Response.ContentLength = buffer.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
        }
    }
}
