using System.Diagnostics;
using Amazon.Lambda.Core;

namespace WhatsAppBuffer.ServiceDefaults.Telemetry;

/// <summary>The server span of an invocation, by the FaaS and the AWS Lambda conventions.</summary>
internal static class InvocationSpan
{
    private static readonly ActivitySource Source = new(Conventions.SourcePrefix + "Invocations");

    public static Activity Start(ILambdaContext context, string trigger, IReadOnlyList<ActivityContext> causes, bool coldStart)
    {
        Activity span = Spans.Begin(Source, context.FunctionName, ActivityKind.Server, causes is [var first, ..] ? first : default, TraceParents.LinksTo(causes));
        if (span.IsAllDataRequested)
        {
            span.SetTag(Conventions.FaasTrigger, trigger)
                .SetTag("faas.invocation_id", context.AwsRequestId)
                .SetTag("faas.coldstart", coldStart)
                .SetTag("aws.lambda.invoked_arn", context.InvokedFunctionArn);

            // arn:aws:lambda:REGION:ACCOUNT:function:NAME[:ALIAS]
            if (context.InvokedFunctionArn?.Split(':') is [_, _, _, _, { Length: > 0 } account, _, _, ..] parts)
            {
                span.SetTag("cloud.account.id", account).SetTag("cloud.resource_id", string.Join(':', parts.Take(7)));
            }
        }

        return span;
    }
}
