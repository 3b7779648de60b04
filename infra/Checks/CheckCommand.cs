using System.Text.RegularExpressions;
using WhatsAppBuffer.Infra.Settings;

namespace WhatsAppBuffer.Infra.Checks;

/// <summary><c>check [-c key=value …] [--send --from NUMBER [--yes]] [--profile P] [--region R] [--endpoint URL]</c>: what is missing between a deployed stack and a first message.</summary>
/// <param name="root">The repository.</param>
/// <param name="output">Gets the findings.</param>
/// <param name="input">Where somebody answers.</param>
/// <param name="connect">The account, with options of the AWS CLI.</param>
/// <param name="time">The clock.</param>
internal sealed partial class CheckCommand(string root, TextWriter output, TextReader input, Func<IReadOnlyList<string>, IAws> connect, TimeProvider time)
{
    /// <summary>Something is missing.</summary>
    private const int NotGood = 1;

    /// <param name="arguments">Those after <c>check</c>.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>0 when nothing is missing, else 1.</returns>
    /// <exception cref="DeploymentException">An argument or a setting is wrong.</exception>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, string> given = Context.Given(arguments, await File.ReadAllTextAsync(Path.Combine(root, "infra", "cdk.json"), cancellationToken));
        var settings = DeploymentSettings.Parse(Context.Of(given, root, line => output.WriteLine($"By hand: {line}")));
        IAws aws = connect([.. Option(arguments, "--profile", "--profile"), .. Option(arguments, "--region", "--region"), .. Option(arguments, "--endpoint", "--endpoint-url")]);
        string? from = Option(arguments, "--from", "") is [_, var number] ? number : null;
        bool sends = arguments.Contains("--send");
        if (sends && (from is null || !Number().IsMatch(from)))
        {
            throw new DeploymentException("--send needs --from NUMBER: a phone number of your own, with the country's code, digits only.");
        }

        List<Finding> findings = [];
        await foreach (Finding finding in new StackCheck(aws, settings).RunAsync(cancellationToken))
        {
            findings.Add(finding);
            await output.WriteLineAsync(finding.ToString());
        }

        if (sends)
        {
            findings.Add(await SendAsync(new TestBurst(aws, settings, time), from!, arguments.Contains("--yes"), cancellationToken));
            await output.WriteLineAsync(findings[^1].ToString());
        }

        int Count(Health health) => findings.Count(finding => finding.Health == health);
        await output.WriteLineAsync($"{Count(Health.Good)} ok, {Count(Health.Missing)} missing, {Count(Health.Unknown)} unknown."
            + (sends ? "" : " Nothing was sent: --send --from NUMBER sends one burst through it, marked as a test.")
            + " What else nobody has tried on AWS, and how to: docs/unverified.md.");
        return Count(Health.Missing) == 0 ? 0 : NotGood;
    }

    private async Task<Finding> SendAsync(TestBurst burst, string from, bool isSure, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync(TestBurst.Causes(from));
        if (!isSure)
        {
            await output.WriteAsync("Send it? [y/N] ");
            if ((await input.ReadLineAsync(cancellationToken))?.Trim() is not ("y" or "yes"))
            {
                return new Finding("Test burst", Health.Unknown, "not sent");
            }
        }

        try
        {
            return await burst.RunAsync(from, cancellationToken);
        }
        catch (Exception failure) when (failure is AwsRefusedException or InvalidOperationException or KeyNotFoundException)
        {
            return new Finding("Test burst", Health.Missing, failure.Message.ReplaceLineEndings(" "), "whoever sends needs sns:Publish, kms:GenerateDataKey and kms:Decrypt on the topic and its key, and dynamodb:GetItem on the table");
        }
    }

    private static string[] Option(IReadOnlyList<string> arguments, string name, string cli) =>
        arguments.ToList().IndexOf(name) is >= 0 and var at && at + 1 < arguments.Count ? [cli, arguments[at + 1]] : [];

    [GeneratedRegex("^[1-9][0-9]{6,14}$")]
    private static partial Regex Number();
}
