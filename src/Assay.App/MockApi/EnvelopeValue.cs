namespace Assay.App.MockApi;

/// <summary>What an envelope can say about a page.</summary>
internal enum EnvelopeValue
{
    /// <summary>The records themselves, as an array.</summary>
    Records,

    /// <summary>The page's number.</summary>
    Page,

    /// <summary>The records a page has when it is full.</summary>
    Size,

    /// <summary>How many pages there are.</summary>
    Pages,

    /// <summary>How many records there are.</summary>
    Total,

    /// <summary>How many records are before the page.</summary>
    Offset,

    /// <summary>How many records are in the page.</summary>
    Count,

    /// <summary>The next page's number, or null.</summary>
    NextPage,

    /// <summary>What asks for the next page, or null: a token where pages go by tokens, else an address on the same host.</summary>
    Next,
}
