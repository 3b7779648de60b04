using System.CommandLine;
using LocalAws.Access;

namespace WhatsAppBuffer.Simulator.App.Cli;

/// <summary>The command line's words for who may talk to the simulator.</summary>
internal sealed class AccessArguments
{
    private const string HostName = "--allow-host";
    private const string OriginName = "--allow-origin";

    private readonly Option<string[]> _hosts = new(HostName)
    {
        Description = "Another name by which the simulator may be called, such as host.docker.internal; several by repeating the option.",
        HelpName = "name",
    };

    private readonly Option<string[]> _origins = new(OriginName)
    {
        Description = "An origin whose pages may call the simulator, such as http://localhost:3000; several by repeating the option.",
        HelpName = "origin",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_hosts);
        command.Options.Add(_origins);
        command.Validators.Add(result =>
        {
            Check(result, _hosts, HostName, value => Options([value], []));
            Check(result, _origins, OriginName, value => Options([], [value]));
        });
    }

    public AccessOptions Read(ParseResult parsed) => Options(parsed.GetValue(_hosts) ?? [], parsed.GetValue(_origins) ?? []);

    /// <summary>A link may lead to the page and to whatever else of the control API is got, and to the endpoint's address as the Aspire dashboard shows it.</summary>
    public static AccessOptions Options(IReadOnlyList<string> hosts, IReadOnlyList<string> origins) => new()
    {
        Hosts = hosts,
        Origins = origins,
        IsPage = request => request.Path.StartsWithSegments("/_wab") || (request.Path == "/" && !request.QueryString.HasValue),
        HostSetting = HostName,
        OriginSetting = OriginName,
    };

    private static void Check(System.CommandLine.Parsing.CommandResult result, Option option, string name, Func<string, AccessOptions> with)
    {
        foreach (var token in result.GetResult(option)?.Tokens ?? [])
        {
            try
            {
                _ = new AccessGuard(with(token.Value));
            }
            catch (ArgumentException e)
            {
                result.AddError($"{name} {e.Message}");
            }
        }
    }
}
