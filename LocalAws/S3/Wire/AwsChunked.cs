using System.Buffers;
using System.Buffers.Text;
using LocalAws.Endpoint;

namespace LocalAws.S3.Wire;

/// <summary>
/// Bodies that SDKs sign or sum up chunk by chunk: <c>size;chunk-signature=…</c>, a line break, the bytes, a line break, and so on until a
/// chunk of size 0. Signatures and trailing checksums are not checked. Source: S3 API reference, "Signature calculations … chunked upload".
/// </summary>
internal static class AwsChunked
{
    private static ReadOnlySpan<byte> LineBreak => "\r\n"u8;

    public static bool Is(AwsRequest request) =>
        request.Headers["x-amz-content-sha256"].ToString().StartsWith("STREAMING-", StringComparison.Ordinal)
        || request.Headers.ContentEncoding.ToString().Contains("aws-chunked", StringComparison.Ordinal);

    /// <exception cref="AwsException"><c>IncompleteBody</c>: the body is not chunked so.</exception>
    public static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> body)
    {
        var content = new ArrayBufferWriter<byte>(Math.Max(1, body.Length));
        ReadOnlySpan<byte> rest = body.Span;
        while (true)
        {
            int line = rest.IndexOf(LineBreak);
            if (line < 0 || !Utf8Parser.TryParse(rest[..line], out int size, out int digits, 'x') || (digits < line && rest[digits] != ';') || size < 0)
            {
                throw S3Error.IncompleteBody();
            }

            if (size == 0)
            {
                return content.WrittenMemory;
            }

            rest = rest[(line + LineBreak.Length)..];
            if (rest.Length < size + LineBreak.Length)
            {
                throw S3Error.IncompleteBody();
            }

            content.Write(rest[..size]);
            rest = rest[(size + LineBreak.Length)..];
        }
    }
}
