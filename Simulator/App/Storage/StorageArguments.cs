using System.CommandLine;

namespace WhatsAppBuffer.Simulator.App.Storage;

/// <summary>The command line's words for <see cref="StorageOptions"/>.</summary>
internal sealed class StorageArguments
{
    private readonly Option<string> _home = new("--storage")
    {
        Description = "Where the tables live: in this process, in Amazon's DynamoDB Local (Java; started and stopped here), in a LocalStack, or in your AWS account.",
        DefaultValueFactory = _ => StorageOptions.Embedded,
    };

    private readonly Option<Uri?> _endpoint = new("--storage-endpoint")
    {
        Description = "Where --storage dynamodb-local, localstack or aws answers, if not at its usual address; a DynamoDB Local is then not started here.",
        CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out Uri? uri) ? uri : Refuse(result),
    };

    private readonly Option<string> _prefix = new("--storage-prefix")
    {
        Description = "What the tables' names begin with; needed for --storage aws, where no other table is touched.",
        DefaultValueFactory = _ => "",
    };

    public StorageArguments() => _home.AcceptOnlyFromAmong(StorageOptions.Homes);

    public void AddTo(Command command)
    {
        command.Options.Add(_home);
        command.Options.Add(_endpoint);
        command.Options.Add(_prefix);
    }

    public StorageOptions Read(ParseResult parsed) => new()
    {
        Home = parsed.GetValue(_home)!,
        Endpoint = parsed.GetValue(_endpoint),
        Prefix = parsed.GetValue(_prefix)!,
    };

    private static Uri? Refuse(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"--storage-endpoint {result.Tokens[0].Value} is no address. It looks like http://127.0.0.1:4566.");
        return null;
    }
}
