using System.Text;

namespace Assay.Read.Rest;

/// <summary>What no message may show, though an API may well say it again.</summary>
internal sealed class RestSecrets
{
    /// <summary>Shorter ones are no secrets, and hiding them would blot out words at random.</summary>
    private const int Shortest = 4;

    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);

    /// <summary>Takes what an authentication has.</summary>
    /// <param name="authentication">How requests say who asks.</param>
    public RestSecrets(RestAuthentication authentication)
    {
        Add(authentication switch
        {
            RestAuthentication.Bearer bearer => bearer.Token,
            RestAuthentication.HttpBasic basic => basic.Password,
            RestAuthentication.ApiKey key => key.Key,
            RestAuthentication.OAuth2ClientCredentials client => client.ClientSecret,
            _ => "",
        });
        if (authentication is RestAuthentication.HttpBasic pair)
        {
            Add(Basic(pair));
        }
    }

    /// <summary>A user and a password as their header has them, which anybody can read.</summary>
    /// <param name="pair">The two.</param>
    /// <returns>What comes after <c>Basic</c>.</returns>
    public static string Basic(RestAuthentication.HttpBasic pair) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{pair.Username}:{pair.Password}"));

    /// <summary>Adds one.</summary>
    /// <param name="secret">The secret.</param>
    public void Add(string secret)
    {
        if (secret.Length >= Shortest)
        {
            lock (_secrets)
            {
                _secrets.Add(secret);
                _secrets.Add(Uri.EscapeDataString(secret));
            }
        }
    }

    /// <summary>Hides them in a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text with <c>***</c> in their places.</returns>
    public string Hide(string text)
    {
        lock (_secrets)
        {
            // The longest first: a secret that is part of another would leave the rest of it to be seen.
            foreach (string secret in _secrets.OrderByDescending(secret => secret.Length))
            {
                text = text.Replace(secret, "***", StringComparison.Ordinal);
            }
        }

        return text;
    }
}
