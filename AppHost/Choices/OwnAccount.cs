using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.AppHost.Choices;

/// <summary>The developer's own AWS account, where the CDK stack was deployed with a name prefix. Credentials come from the usual places.</summary>
/// <param name="Region">The stack's region, <c>AWS_REGION</c>.</param>
/// <param name="Prefix">The stack's <c>prefix</c>, without which the tables could be the ones that others work with.</param>
internal sealed partial record OwnAccount(string Region, string Prefix)
{
    /// <summary>What the stack puts before every table's name.</summary>
    public string TablePrefix => $"{Prefix}_";

    public string NameOf(TableSpec table) => TablePrefix + table.Name;

    /// <exception cref="ChoiceException">Prefix or region is missing, or is none.</exception>
    public static OwnAccount Read(IConfiguration configuration)
    {
        string prefix = DeveloperChoices.Setting(configuration, "prefix") is { } given && PrefixPattern().IsMatch(given)
            ? given
            : throw new ChoiceException(
                "--storage aws needs --prefix NAME (1–16 lower-case letters and digits, a letter first), so that it touches nothing that others share. "
                + "Deploy your own stack with it first: ./wab.cs deploy -c prefix=NAME.");
        string region = configuration["AWS_REGION"] is { } name && RegionPattern().IsMatch(name)
            ? name
            : throw new ChoiceException("--storage aws needs AWS_REGION: set it to the region of your stack, such as us-east-1.");
        return new OwnAccount(region, prefix);
    }

    [GeneratedRegex("^[a-z][a-z0-9]{0,15}$")]
    private static partial Regex PrefixPattern();

    [GeneratedRegex("^[a-z]{2}(-[a-z]+)+-[0-9]$")]
    private static partial Regex RegionPattern();
}
