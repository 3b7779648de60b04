using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace LocalAws.Ssm;

/// <summary>A parameter as the API answers it.</summary>
internal sealed record ParameterOutput(
    string Name,
    string Type,
    string Value,
    long Version,
    double LastModifiedDate,
    [property: JsonPropertyName("ARN")] string Arn,
    string? Selector,
    string DataType = "text")
{
    /// <param name="parameter">The parameter.</param>
    /// <param name="spelling">The name as the reader gave it.</param>
    /// <param name="withDecryption">Whether a SecureString is answered in plain text.</param>
    public static ParameterOutput Of(Parameter parameter, string spelling, bool withDecryption) => new(
        parameter.Name,
        parameter.Type,
        parameter.Type == "SecureString" && !withDecryption ? Cipher(parameter.Value) : parameter.Value,
        parameter.Version,
        parameter.LastModifiedDate.ToUnixTimeMilliseconds() / 1000.0,
        parameter.Arn,
        ParameterName.Parse(spelling).Version is { } version ? $":{version}" : null);

    // Not the plain text: code that forgets WithDecryption must fail here as it would on AWS.
    private static string Cipher(string value) => "AQICAH" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
}
