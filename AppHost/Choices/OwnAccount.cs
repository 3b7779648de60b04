using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.AppHost.Choices;

/// <summary>The developer's own AWS account, in which the simulator keeps its tables. Credentials come from the usual places.</summary>
/// <param name="Region">Where they are, <c>AWS_REGION</c>.</param>
/// <param name="Prefix">What their names begin with, without which they could be the ones that others work with.</param>
internal sealed partial record OwnAccount(string Region, string Prefix)
{
    /// <summary>What comes before every table's name.</summary>
    public string TablePrefix => $"{Prefix}_";

    public string NameOf(TableSpec table) => TablePrefix + table.Name;

    /// <exception cref="ChoiceException">Prefix or region is missing, or is none.</exception>
    public static OwnAccount Read(IConfiguration configuration)
    {
        string prefix = DeveloperChoices.Setting(configuration, "prefix") is { } given && PrefixPattern().IsMatch(given)
            ? given
            : throw new ChoiceException(
                "--storage aws needs --prefix NAME (1–16 lower-case letters and digits, a letter first), so that it touches nothing that others share. "
                + "The tables are created when they are not there. Take no prefix of a deployed stack: its own functions would answer the messages too.");
        string region = configuration["AWS_REGION"] is { } name && RegionPattern().IsMatch(name)
            ? name
            : throw new ChoiceException("--storage aws needs AWS_REGION: set it to the region for your tables, such as us-east-1.");
        return new OwnAccount(region, prefix);
    }

    [GeneratedRegex("^[a-z][a-z0-9]{0,15}$")]
    private static partial Regex PrefixPattern();

    [GeneratedRegex("^[a-z]{2}(-[a-z]+)+-[0-9]$")]
    private static partial Regex RegionPattern();
}
