using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using LocalAws.Delivery;
using LocalAws.Endpoint;

namespace LocalAws.Sns;

/// <summary>
/// The parameters of one request of the query protocol (<c>Action=Publish&amp;TopicArn=…&amp;MessageAttributes.entry.1.Name=…</c>). What the
/// operation does not read is refused by <see cref="RefuseTheRest"/>.
/// </summary>
internal sealed class SnsQuery
{
    private const int MaxIndex = 1000;
    private readonly Dictionary<string, StringValues> _rest;

    public SnsQuery(AwsRequest request)
    {
        _rest = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(request.Body.Span));
        _rest.Remove("Action");
        _rest.Remove("Version");
    }

    public string? Optional(string name) => _rest.Remove(name, out StringValues value) ? value.ToString() : null;

    public string Required(string name) => Optional(name) ?? throw new AwsException(
        "ValidationError",
        $"1 validation error detected: Value null at '{char.ToLowerInvariant(name[0])}{name[1..]}' failed to satisfy constraint: Member must not be null");

    /// <summary>A map of texts: <c>{name}.entry.N.key</c> and <c>.value</c>.</summary>
    public Dictionary<string, string> Map(string name) =>
        Indices($"{name}.entry", "key").ToDictionary(entry => Required($"{entry}.key"), entry => Optional($"{entry}.value") ?? "");

    /// <summary>Message attributes: <c>{prefix}MessageAttributes.entry.N.Name</c> and <c>.Value.…</c>.</summary>
    public Dictionary<string, DeliveryAttribute> MessageAttributes(string prefix = "") =>
        Indices($"{prefix}MessageAttributes.entry", "Name").ToDictionary(entry => Required($"{entry}.Name"), ReadAttribute);

    /// <summary>The prefixes <c>{name}.1.</c>, <c>{name}.2.</c>, … of the elements that have the given member.</summary>
    public IEnumerable<string> Elements(string name, string member) => Indices(name, member).Select(element => element + ".");

    /// <exception cref="AwsException"><c>InvalidParameter</c>: a parameter is left that the operation does not imitate.</exception>
    public void RefuseTheRest(string operation)
    {
        if (_rest.Keys.FirstOrDefault() is { } name)
        {
            throw SnsError.InvalidParameter($"this local cloud does not imitate the parameter '{name}' of {operation}: leave it out");
        }
    }

    private DeliveryAttribute ReadAttribute(string entry)
    {
        string dataType = Required($"{entry}.Value.DataType");
        string? text = Optional($"{entry}.Value.StringValue");
        string? binary = Optional($"{entry}.Value.BinaryValue");
        return dataType != "Binary" ? new DeliveryAttribute(dataType, text ?? "")
            : Base64.IsValid(binary) ? new DeliveryAttribute(dataType, binary ?? "")
            : throw SnsError.InvalidValue("The binary value of a message attribute is not valid base64.");
    }

    private List<string> Indices(string name, string member) =>
        [.. Enumerable.Range(1, MaxIndex).Select(i => $"{name}.{i}").TakeWhile(element => _rest.ContainsKey($"{element}.{member}"))];
}
