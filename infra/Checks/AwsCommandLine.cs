using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace WhatsAppBuffer.Infra.Checks;

/// <summary>The operator's own AWS CLI, with its profile, region and sign-in.</summary>
/// <param name="options">Options of every call: <c>--profile</c>, <c>--region</c>, <c>--endpoint-url</c>.</param>
internal sealed class AwsCommandLine(IReadOnlyList<string> options) : IAws
{
    public async Task<JsonElement> AskAsync(CancellationToken cancellationToken, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("aws", [.. arguments, .. options, "--output", "json"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_PAGER"] = "";
        using Process aws = Start(start);
        Task<string> output = aws.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> errors = aws.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await aws.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            aws.Kill(entireProcessTree: true);
            throw;
        }

        if (aws.ExitCode != 0)
        {
            throw new AwsRefusedException((await errors).Trim());
        }

        string text = (await output).Trim();
        using var json = JsonDocument.Parse(text.Length == 0 ? "{}" : text);
        return json.RootElement.Clone();
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new DeploymentException("The check asks through the AWS CLI, and no `aws` was found on the PATH: https://aws.amazon.com/cli/");
        }
    }
}
