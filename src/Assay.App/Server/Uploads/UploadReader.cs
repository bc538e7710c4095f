using System.Buffers;
using System.Globalization;
using System.Text;
using Assay.App.Cli;
using Assay.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Assay.App.Server;

/// <summary>Receives an upload: streams its files to the disk, whatever their size, and holds a block of them in memory.</summary>
/// <param name="folder">The folder that uploads are received in, each in one of its own.</param>
/// <param name="mostBytes">The most bytes that a request's files may have together.</param>
internal sealed class UploadReader(string folder, long mostBytes)
{
    private const int BlockSize = 128 * 1024;
    private const int LongestField = 4096;
    private const int LongestBoundary = 200;
    private const int MostParts = 32;

    /// <summary>Receives an upload.</summary>
    /// <param name="context">The request.</param>
    /// <returns>What the form holds. The files are on the disk, also after a power failure.</returns>
    /// <exception cref="UploadException">It is no form, or too large.</exception>
    public async Task<UploadForm> ReceiveAsync(HttpContext context)
    {
        CancellationToken cancellationToken = context.RequestAborted;
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out MediaTypeHeaderValue? type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= LongestBoundary } boundary)
        {
            throw new UploadException(
                StatusCodes.Status422UnprocessableEntity, "validation_error", "send the file as multipart/form-data, in a field `file`");
        }

        var form = new UploadForm(Path.Combine(folder, Guid.CreateVersion7().ToString("N")));
        try
        {
            await OnDiskAsync(form.Folder, () =>
            {
                Directory.CreateDirectory(form.Folder);
                return ValueTask.CompletedTask;
            });
            var reader = new MultipartReader(boundary, context.Request.Body, BlockSize) { HeadersCountLimit = 16, HeadersLengthLimit = 16 * 1024 };
            long left = mostBytes;
            int parts = 0;
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (++parts > MostParts)
                {
                    throw new UploadException(StatusCodes.Status400BadRequest, "bad_upload", $"a form may have {MostParts} fields");
                }

                left -= await SectionAsync(form, section, left, cancellationToken);
            }

            return form;
        }
        catch (Exception e)
        {
            form.Dispose();
            if (e is InvalidDataException or IOException { InnerException: null } and not BadHttpRequestException)
            {
                throw new UploadException(StatusCodes.Status400BadRequest, "bad_upload", "the form ends early, or is none: send it as multipart/form-data");
            }

            throw;
        }
    }

    private async Task<long> SectionAsync(UploadForm form, MultipartSection section, long left, CancellationToken cancellationToken)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? disposition)
            || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { Length: > 0 } name)
        {
            throw new UploadException(StatusCodes.Status400BadRequest, "bad_upload", "a part of the form has no name");
        }

        string? label = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;
        if (label is null)
        {
            form.Fields[name] = await TextAsync(section.Body, name, cancellationToken);
            return 0;
        }

        string path = Path.Combine(form.Folder, string.Create(CultureInfo.InvariantCulture, $"{form.Files.Count}"));
        long bytes = await SaveAsync(section.Body, path, left, cancellationToken);
        form.Files.Add(new UploadedFile(name, FileLabel.Of(label), path, bytes));
        return bytes;
    }

    private async Task<long> SaveAsync(Stream body, string path, long left, CancellationToken cancellationToken)
    {
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            await using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
            long bytes = 0;
            for (int read; (read = await body.ReadAsync(block, cancellationToken)) > 0;)
            {
                bytes += read;
                if (bytes > left)
                {
                    throw new UploadException(
                        StatusCodes.Status413PayloadTooLarge, "too_large", $"an upload may have {ByteSize.Format(mostBytes)}; split the file, or raise --max-upload");
                }

                await OnDiskAsync(path, () => file.WriteAsync(block.AsMemory(0, read), cancellationToken));
            }

            await OnDiskAsync(path, () =>
            {
                file.Flush(flushToDisk: true);
                return ValueTask.CompletedTask;
            });
            return bytes;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>Does something with the disk. What fails there, such as for want of space, is not the client's fault.</summary>
    private static async Task OnDiskAsync(string path, Func<ValueTask> work)
    {
        try
        {
            await work();
        }
        catch (IOException e)
        {
            throw new StoreException(path, $"an upload cannot be written: {e.Message}", e);
        }
    }

    private static async Task<string> TextAsync(Stream body, string name, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[LongestField + 1];
        int filled = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return filled <= LongestField
            ? Encoding.UTF8.GetString(bytes, 0, filled)
            : throw new UploadException(StatusCodes.Status400BadRequest, "bad_upload", $"the field `{FileLabel.Of(name)}` is longer than {LongestField} bytes");
    }
}
