namespace Assay.App.MockApi;

/// <summary>How an API hands out a list.</summary>
internal enum PagingStyle
{
    /// <summary>All of it at once.</summary>
    None,

    /// <summary>By the number of the page.</summary>
    PageNumber,

    /// <summary>By how many records come before it.</summary>
    Offset,

    /// <summary>By a token that the page before names.</summary>
    Cursor,

    /// <summary>By the number of the page, with the next page's address in the header <c>Link</c> (RFC 8288).</summary>
    HeaderLink,

    /// <summary>By the number of the page, with the next page's address in the body.</summary>
    JsonLink,
}
