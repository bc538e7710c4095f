namespace Assay.Read.Rest;

/// <summary>
/// Keeps the requests to one host below a number a second, whatever the network does to them on their way.
/// </summary>
/// <remarks>
/// There are N tokens. A request takes one when it is sent, and gives it back a second after its answer began to arrive, or after
/// it was given up. The guarantee: no window of one second in the host's own log of arrivals has more than N.
/// <para>
/// Why: a request arrives at the host at some moment between being sent and being answered, so its token is out at that moment and
/// for a second after it. Were there N + 1 arrivals within one second, then at the moment of the last one the tokens of all
/// the others, which arrived less than a second before, would still be out, and its own too: N + 1 tokens, where there are N. What
/// counts is never when the requests are sent: delays on the way, which bunch requests that were sent evenly, change nothing.
/// </para>
/// <para>
/// The price is a rate a little below N: N / (1 + the time an answer takes). One case is left to chance: a request that was given
/// up, and yet reaches the host more than a second later. A hundredth of a second is added, since no two clocks are alike.
/// </para>
/// </remarks>
internal sealed class RateLimit(TimeProvider time)
{
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(1.01);

    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource<bool>> _waiting = new();
    private int _limit = int.MaxValue;
    private int _out;

    /// <summary>Makes the limit stricter; of several, the strictest counts. Requests that were sent while there was none are not counted.</summary>
    /// <param name="requestsPerSecond">The most requests in a second; null adds no limit.</param>
    public void Tighten(int? requestsPerSecond)
    {
        lock (_lock)
        {
            _limit = Math.Min(_limit, requestsPerSecond ?? int.MaxValue);
        }
    }

    /// <summary>Waits until a request may be sent.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Its token, and how long it waited.</returns>
    public async ValueTask<(Token Token, TimeSpan Waited)> TakeAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> turn;
        lock (_lock)
        {
            if (_limit == int.MaxValue)
            {
                return (new Token(null), TimeSpan.Zero);
            }

            if (_waiting.Count == 0 && _out < _limit)
            {
                _out++;
                return (new Token(this), TimeSpan.Zero);
            }

            turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
        }

        long start = time.GetTimestamp();
        await using (cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken)))
        {
            await turn.Task;
        }

        return (new Token(this), time.GetElapsedTime(start));
    }

    /// <summary>Timers may be a little early: the clock decides.</summary>
    private async Task GiveBackAsync()
    {
        long start = time.GetTimestamp();
        for (TimeSpan left = Held; left > TimeSpan.Zero; left = Held - time.GetElapsedTime(start))
        {
            await Task.Delay(left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left, time, CancellationToken.None);
        }

        lock (_lock)
        {
            _out--;
            while (_out < _limit && _waiting.TryDequeue(out TaskCompletionSource<bool>? turn))
            {
                _out += turn.TrySetResult(true) ? 1 : 0;
            }
        }
    }

    /// <summary>The right to send one request.</summary>
    internal sealed class Token(RateLimit? limit)
    {
        private int _isSpent;

        /// <summary>Says that the answer began to arrive, or that the request was given up: the token goes back a second later. Only the first time counts.</summary>
        public void Spend()
        {
            if (limit is not null && Interlocked.Exchange(ref _isSpent, 1) == 0)
            {
                _ = limit.GiveBackAsync();
            }
        }
    }
}
