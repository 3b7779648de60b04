using System.Text.RegularExpressions;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Storage;

/// <summary>Where the tables live.</summary>
internal sealed partial record StorageOptions
{
    public const string Embedded = "embedded";
    public const string DynamoDbLocal = "dynamodb-local";
    public const string LocalStack = "localstack";
    public const string Aws = "aws";

    /// <summary>All homes.</summary>
    public static readonly string[] Homes = [Embedded, DynamoDbLocal, LocalStack, Aws];

    /// <summary>One of <see cref="Homes"/>.</summary>
    public string Home { get; init; } = Embedded;

    /// <summary>Where the home answers; null for its usual address, or for a DynamoDB Local of our own.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>What table names begin with. AWS demands one: no other table is touched there.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>A table's name in this home.</summary>
    public string NameOf(TableSpec table) => Prefix + table.Name;

    /// <param name="speed">Speed of the simulator's clock.</param>
    /// <exception cref="UserErrorException">The settings do not go together; the message says which.</exception>
    public void Check(double speed)
    {
        Require(Homes.Contains(Home), $"--storage {Home} is none of {string.Join(", ", Homes)}.");
        Require(Endpoint is null || Home != Embedded, "--storage-endpoint has no meaning for --storage embedded, which is the simulator itself. Leave it out, or choose another home.");
        Require(Endpoint is null or { Scheme: "http" or "https" }, $"--storage-endpoint {Endpoint} is no http or https address.");
        Require(Home != Aws || Prefix.Length > 0, "--storage aws needs --storage-prefix, such as --storage-prefix wab-dev-: only tables whose names begin with it are created, read or written.");
        Require(Prefix.Length == 0 || PrefixPattern().IsMatch(Prefix), $"--storage-prefix {Prefix} must be 1 to 100 of the characters a-z, A-Z, 0-9, '_', '-' and '.'.");
        Require(Home == Embedded || speed == 1, $"--storage {Home} needs --speed 1: its clock cannot be sped up.");
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new UserErrorException(message);
        }
    }

    [GeneratedRegex(@"^[a-zA-Z0-9_.-]{1,100}$")]
    private static partial Regex PrefixPattern();
}
