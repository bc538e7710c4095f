using System.IO.Compression;
using System.Net;

namespace Assay.Read.Rest;

/// <summary>Reads the body of an answer, decompressed, and within a limit.</summary>
internal static class ResponseBody
{
    /// <summary>What is taken of a body that is only shown.</summary>
    private const int ShownBytes = 1 << 13;

    /// <summary>The encodings that are asked for, in the header <c>Accept-Encoding</c>; <c>deflate</c> is read too.</summary>
    public const string Encodings = "gzip, br";

    /// <summary>Reads a body whole.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="limit">The most bytes that are taken, decompressed.</param>
    /// <param name="counters">Count it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The body.</returns>
    /// <exception cref="RestFailure">It ends early or is damaged, which another try may mend; or it is too large.</exception>
    public static async ValueTask<PageBuffer> ReadAsync(HttpResponseMessage response, long limit, RestCounters counters, CancellationToken cancellationToken)
    {
        var body = new PageBuffer();
        try
        {
            await using Stream stream = await OpenAsync(response, counters, cancellationToken);
            return await body.FillAsync(stream, limit, cancellationToken)
                ? body
                : throw new RestFailure(RestFailure.Body, $"answered with more than {limit} bytes, the most that is taken for one page: ask for fewer records a page");
        }
        catch (Exception error) when (error is IOException or HttpRequestException or InvalidDataException)
        {
            body.Dispose();
            throw new RestFailure(RestFailure.Body, "broke off in the middle of its answer", error) { IsTransient = true, IsOfHost = true };
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>Says what the body of a refusal says.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="counters">Count it.</param>
    /// <param name="secrets">What is never shown.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A sentence with its first 500 characters, or one that says it cannot be read.</returns>
    public static async ValueTask<string> TellAsync(HttpResponseMessage response, RestCounters counters, RestSecrets secrets, CancellationToken cancellationToken)
    {
        using var body = new PageBuffer();
        try
        {
            await using Stream stream = await OpenAsync(response, counters, cancellationToken);
            await body.FillAsync(stream, ShownBytes, cancellationToken);
        }
        catch (Exception error) when (error is IOException or HttpRequestException or InvalidDataException or RestFailure)
        {
            return $"What it said broke off. {Excerpt.Of(body.Written.Span, secrets)}";
        }

        string page = Excerpt.IsWebPage(body.Written.Span, response.Content.Headers.ContentType?.MediaType) ? "It is a web page, not JSON. " : "";
        return page + Excerpt.Of(body.Written.Span, secrets);
    }

    private static async ValueTask<Stream> OpenAsync(HttpResponseMessage response, RestCounters counters, CancellationToken cancellationToken)
    {
        Stream sent = new ReceivedStream(await response.Content.ReadAsStreamAsync(cancellationToken), counters);
        string encoding = string.Join(", ", response.Content.Headers.ContentEncoding).ToLowerInvariant();
        return encoding switch
        {
            "" or "identity" => sent,
            "gzip" or "x-gzip" => new GZipStream(sent, CompressionMode.Decompress),
            "deflate" => new ZLibStream(sent, CompressionMode.Decompress),
            "br" => new BrotliStream(sent, CompressionMode.Decompress),
            _ => throw new RestFailure(
                Status(response.StatusCode), $"answered in the encoding {Excerpt.Of(encoding)}, which is not read; it was asked for one of {Encodings}"),
        };
    }

    /// <summary>A status as it is counted.</summary>
    /// <param name="status">The status.</param>
    /// <returns>Its number.</returns>
    public static string Status(HttpStatusCode status) => $"{(int)status}";
}
