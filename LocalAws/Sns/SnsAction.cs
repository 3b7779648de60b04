using System.Text;
using LocalAws.Endpoint;

namespace LocalAws.Sns;

/// <summary>Recognizes requests for SNS without reading them whole: they may be a megabyte long.</summary>
internal static class SnsAction
{
    /// <summary>The action of a request that is signed for SNS, or names its API version; else null.</summary>
    public static string? Of(AwsRequest request)
    {
        if (!request.Headers.ContentType.ToString().StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
            || (request.SigningName != "sns" && ValueOf(request.Body.Span, "Version="u8) != "2010-03-31"))
        {
            return null;
        }

        return ValueOf(request.Body.Span, "Action="u8);
    }

    private static string? ValueOf(ReadOnlySpan<byte> form, ReadOnlySpan<byte> name)
    {
        foreach (Range range in form.Split((byte)'&'))
        {
            if (form[range].StartsWith(name))
            {
                return Encoding.ASCII.GetString(form[range][name.Length..]);
            }
        }

        return null;
    }
}
