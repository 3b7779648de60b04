using System.Globalization;
using Microsoft.Net.Http.Headers;
using LocalAws.Endpoint;

namespace LocalAws.S3.Wire;

/// <summary>A part of an object, as the <c>Range</c> header asks for it. S3 answers one range, and the whole when asked for several.</summary>
internal static class ObjectRange
{
    /// <summary>Cuts an answer down to what the request asks for.</summary>
    /// <exception cref="AwsException"><c>InvalidRange</c> (416).</exception>
    public static AwsResponse Apply(AwsResponse whole, AwsRequest request)
    {
        if (!RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out RangeHeaderValue? header) || header.Unit != "bytes" || header.Ranges.Count != 1)
        {
            return whole;
        }

        RangeItemHeaderValue range = header.Ranges.First();
        long length = whole.Body.Length;
        long from = range.From ?? Math.Max(0, length - range.To!.Value);
        long to = range.From is null ? length - 1 : Math.Min(range.To ?? length - 1, length - 1);
        if (from > to)
        {
            throw S3Error.InvalidRange();
        }

        return whole with
        {
            StatusCode = 206,
            Body = whole.Body.Slice((int)from, (int)(to - from + 1)),
            Headers = new Dictionary<string, string>(whole.Headers) { ["Content-Range"] = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{to}/{length}") },
        };
    }
}
