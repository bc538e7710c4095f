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

    /// <summary>How answers are written: letters of all languages, and the plus sign of times, as they are. An answer is never
    /// taken for HTML: its type says what it is, and browsers are told to believe it.</summary>
    public static JsonWriterOptions Layout { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A text of JSON.</summary>
    public static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(SmallAnswer);
        using (var writer = new Utf8JsonWriter(buffer, Layout))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes an answer as a whole, so that an error on the way leaves none half done.</summary>
    public static Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write, string contentType = ContentType) =>
        WriteAsync(context, Bytes(write), contentType);

    /// <summary>Writes an answer.</summary>
    public static async Task WriteAsync(HttpContext context, byte[] json, string contentType = ContentType)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(json, context.RequestAborted);
        }
    }
}
