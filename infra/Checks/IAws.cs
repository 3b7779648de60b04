using System.Text.Json;

namespace WhatsAppBuffer.Infra.Checks;

/// <summary>The account, or what plays it, as whoever checks may ask it.</summary>
internal interface IAws
{
    /// <summary>Asks.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <param name="arguments">Those of the AWS CLI: service, operation, options.</param>
    /// <returns>The answer; an empty object when there is none.</returns>
    /// <exception cref="AwsRefusedException">It was refused.</exception>
    Task<JsonElement> AskAsync(CancellationToken cancellationToken, params IReadOnlyList<string> arguments);
}

/// <summary>The account said no, in its own words.</summary>
internal sealed class AwsRefusedException(string message) : Exception(message);
