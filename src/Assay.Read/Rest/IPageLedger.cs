namespace Assay.Read.Rest;

/// <summary>
/// Where the pages of one source are kept as they come, and looked up: those of an extract that was interrupted, so that
/// it goes on instead of starting over, and those of earlier extracts, so that what did not change is not sent again.
/// Used from several threads at once.
/// </summary>
public interface IPageLedger
{
    /// <summary>The page that was kept last under an address.</summary>
    /// <param name="address">See <see cref="RestPage.Address"/>.</param>
    /// <returns>The page, or null when there is none, or its body is damaged or gone.</returns>
    KnownPage? Find(string address);

    /// <summary>Keeps a page: when this returns, an interruption loses neither its body nor that it was fetched.</summary>
    /// <param name="page">What is known of it.</param>
    /// <param name="body">Its body as the API sent it, decompressed.</param>
    void Keep(RestPage page, ReadOnlyMemory<byte> body);

    /// <summary>Notes that a page of an earlier extract is still right, and so is one of this extract too.</summary>
    /// <param name="page">The page, with its new <see cref="RestPage.Fetched"/> and <see cref="RestPage.Part"/>.</param>
    void Reuse(RestPage page);

    /// <summary>Opens the body of a kept page.</summary>
    /// <param name="page">The page.</param>
    /// <returns>The body, decompressed.</returns>
    Stream Open(RestPage page);
}
