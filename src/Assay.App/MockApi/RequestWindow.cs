namespace Assay.App.MockApi;

/// <summary>Lets in so many requests of any one second.</summary>
/// <param name="most">How many; null lets in all.</param>
internal sealed class RequestWindow(int? most)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Queue<DateTimeOffset> _letIn = new();

    /// <summary>Whether a request is let in. One that is not does not count.</summary>
    /// <param name="now">When it came; never earlier than the one before.</param>
    public bool LetsIn(DateTimeOffset now)
    {
        if (most is null)
        {
            return true;
        }

        while (_letIn.TryPeek(out DateTimeOffset first) && now - first >= Second)
        {
            _letIn.Dequeue();
        }

        if (_letIn.Count >= most)
        {
            return false;
        }

        _letIn.Enqueue(now);
        return true;
    }
}
