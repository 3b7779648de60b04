namespace LocalAws.Lambda.Functions;

/// <summary>Tells the kinds of resources that records and dead letters can go to.</summary>
internal static class DestinationArn
{
    /// <summary>Whether the ARN is of one of these services.</summary>
    public static bool IsOneOf(string arn, params ReadOnlySpan<string> services)
    {
        foreach (string service in services)
        {
            if (arn.StartsWith($"arn:aws:{service}:", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
