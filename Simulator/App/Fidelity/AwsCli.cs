using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace WhatsAppBuffer.Simulator.App.Fidelity;

/// <summary>The user's own AWS CLI, with the user's profile and sign-in.</summary>
internal static class AwsCli
{
    /// <returns>Its answer; null when it has none.</returns>
    /// <exception cref="UserErrorException">It is missing, or refuses.</exception>
    public static async Task<JsonNode?> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        string text = await TextAsync([.. arguments, "--output", "json"], cancellationToken);
        return text.Length == 0 ? null : ForeignJson.Node(text);
    }

    /// <returns>What it printed.</returns>
    /// <exception cref="UserErrorException">It is missing, or refuses.</exception>
    public static async Task<string> TextAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("aws", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_PAGER"] = "";
        try
        {
            using Process aws = Process.Start(start)!;
            Task<string> output = aws.StandardOutput.ReadToEndAsync(cancellationToken);
            Task<string> errors = aws.StandardError.ReadToEndAsync(cancellationToken);
            await WhenExitedAsync(aws, cancellationToken);
            return aws.ExitCode == 0
                ? (await output).Trim()
                : throw new UserErrorException($"`aws {string.Join(' ', arguments.Take(2))}` failed: {(await errors).Trim()}");
        }
        catch (Win32Exception e)
        {
            throw new UserErrorException("This needs the AWS CLI, and no `aws` was found on the PATH: https://aws.amazon.com/cli/", e);
        }
    }

    private static async Task WhenExitedAsync(Process aws, CancellationToken cancellationToken)
    {
        try
        {
            await aws.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            aws.Kill(entireProcessTree: true);
            throw;
        }
    }
}
