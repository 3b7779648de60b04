using System.Diagnostics;
using System.Security.Cryptography;

namespace LocalAws.Lambda.Invocations;

/// <summary>X-Ray trace headers in the form every tracing library accepts.</summary>
internal static class TraceHeader
{
    /// <summary>A header that continues the current activity, or begins a trace.</summary>
    /// <param name="now">The time that a new trace id begins with.</param>
    public static string Create(DateTimeOffset now)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            string trace = activity.TraceId.ToHexString();
            return $"Root=1-{trace[..8]}-{trace[8..]};Parent={activity.SpanId.ToHexString()};Sampled={(activity.Recorded ? 1 : 0)}";
        }

        return $"Root=1-{now.ToUnixTimeSeconds():x8}-{RandomNumberGenerator.GetHexString(24, lowercase: true)};"
            + $"Parent={RandomNumberGenerator.GetHexString(16, lowercase: true)};Sampled=1";
    }
}
