using System.Text;

namespace LocalAws.S3;

/// <summary>Which page of a bucket's objects is wanted.</summary>
/// <param name="Prefix">Only keys that begin so.</param>
/// <param name="Delimiter">Keys that are alike up to this text, behind the prefix, are one common prefix; null for none.</param>
/// <param name="MaxKeys">Keys and common prefixes at the most; S3 answers no more than 1,000.</param>
/// <param name="StartAfter">Only keys behind this one, or null.</param>
/// <param name="ContinuationToken">From the page before, or null.</param>
public sealed record ObjectListing(
    string Prefix = "", string? Delimiter = null, int MaxKeys = ObjectListing.MaximumKeys, string? StartAfter = null, string? ContinuationToken = null)
{
    /// <summary>Keys on a page at the most.</summary>
    public const int MaximumKeys = 1000;

    internal ObjectPage Read(IEnumerable<S3Object> objects)
    {
        string after = ContinuationToken is null ? StartAfter ?? "" : Decode(ContinuationToken);
        int size = Math.Min(MaxKeys, MaximumKeys);
        var contents = new List<S3Object>();
        var prefixes = new List<string>();
        string last = after;
        foreach (S3Object candidate in objects.Where(o => o.Key.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            string? common = CommonPrefixOf(candidate.Key);
            if (string.CompareOrdinal(common ?? candidate.Key, last) <= 0)
            {
                continue;
            }

            if (contents.Count + prefixes.Count == size)
            {
                return new ObjectPage(contents, prefixes, size == 0 ? null : Encode(last));
            }

            last = common ?? candidate.Key;
            if (common is null)
            {
                contents.Add(candidate);
            }
            else
            {
                prefixes.Add(common);
            }
        }

        return new ObjectPage(contents, prefixes, null);
    }

    private string? CommonPrefixOf(string key)
    {
        int end = string.IsNullOrEmpty(Delimiter) ? -1 : key.IndexOf(Delimiter, Prefix.Length, StringComparison.Ordinal);
        return end < 0 ? null : key[..(end + Delimiter!.Length)];
    }

    private static string Encode(string key) => Convert.ToBase64String(Encoding.UTF8.GetBytes(key));

    private static string Decode(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException)
        {
            throw S3Error.InvalidArgument("The continuation token provided is incorrect");
        }
    }
}

/// <summary>A page of a bucket's objects.</summary>
/// <param name="Contents">The objects, in the order of their keys.</param>
/// <param name="CommonPrefixes">What many keys have in common, each ending with the delimiter.</param>
/// <param name="NextContinuationToken">Leads to the next page; null when there is none.</param>
public sealed record ObjectPage(IReadOnlyList<S3Object> Contents, IReadOnlyList<string> CommonPrefixes, string? NextContinuationToken);
