namespace LocalAws.Endpoint;

/// <summary>One finished call, as statistics and the cost table count it.</summary>
/// <param name="Service">The service's <see cref="IAwsService.Name"/>.</param>
/// <param name="Operation">The operation.</param>
/// <param name="StatusCode">The HTTP status of the answer.</param>
/// <param name="ErrorCode">The service's error code, or null when the call succeeded.</param>
/// <param name="Request">What was asked.</param>
public sealed record AwsCall(string Service, string Operation, int StatusCode, string? ErrorCode, AwsRequest Request)
{
    /// <summary>Whether a fault lost its answer: the call had its effect, and whoever made it does not know.</summary>
    public bool IsAnswerLost { get; init; }

    /// <summary>The function whose process made it; null for everybody else.</summary>
    public string? Function { get; init; }
}
