using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using WhatsAppBuffer.Infra.Settings;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Infra.Resources;

/// <summary>
/// What functions may do outside their own stack. Chats do not exist yet when the stack is deployed, nor do the numbers that customers
/// will be answered from, so their ids cannot be named: the wildcards here stand for ids that AWS makes later, in this account and region.
/// </summary>
internal static class ConnectAccess
{
    /// <summary>Lets a function start chats and stream them: in the instance and flow of the deployment, or in any while those are not given.</summary>
    public static void AllowConnect(this PipelineFunction function, DeploymentSettings settings)
    {
        string instance = ThisAccount.Arn(function, "connect", $"instance/{settings.InstanceId ?? "*"}");
        string flow = $"{instance}/contact-flow/{settings.ContactFlowId ?? "*"}";
        string chats = $"{instance}/contact/*";
        function.Allow(["connect:StartChatContact"], instance, flow);
        function.Allow(["connect:StartContactStreaming"], instance, chats);
    }

    /// <summary>Lets a function tell the agent who has a chat something in the workspace's header.</summary>
    public static void AllowNotices(this PipelineFunction function, DeploymentSettings settings)
    {
        string instance = ThisAccount.Arn(function, "connect", $"instance/{settings.InstanceId ?? "*"}");
        function.Allow(["connect:DescribeContact"], $"{instance}/contact/*");
        function.Allow(["connect:CreateNotification"], instance, $"{instance}/notification/*");
    }

    /// <summary>Lets the contact flows of the deployment's instance invoke a function, or those of any instance of this account while that is not given.</summary>
    public static void LetFlowsInvoke(this PipelineFunction function, DeploymentSettings settings) => function.Function.AddPermission("Flows", new Permission
    {
        Principal = new ServicePrincipal("connect.amazonaws.com"),
        SourceArn = ThisAccount.Arn(function, "connect", $"instance/{settings.InstanceId ?? "*"}"),
        SourceAccount = Stack.Of(function).Account,
    });

    /// <summary>
    /// Lets a function have customers' files fetched into the bucket and read them there. End User Messaging writes to the bucket with the rights of whoever asks it to. Files are attached by
    /// Connect's own presigned URLs and chats' own tokens, which need no rights.
    /// </summary>
    public static void AllowMedia(this PipelineFunction function, MediaBucket media)
    {
        function.Allow(["social-messaging:GetWhatsAppMessageMedia"], ThisAccount.Arn(function, "social-messaging", "phone-number-id/*"));
        function.Allow(["s3:GetObject", "s3:PutObject"], $"{media.Bucket.BucketArn}/{Buckets.Media}*");
        function.Allow(["s3:ListBucket"], media.Bucket.BucketArn);
    }

    /// <summary>
    /// Lets a function have agents' files uploaded to WhatsApp. End User Messaging reads them by Connect's own presigned URLs, and the function gets these by the chats' own tokens, which need no rights.
    /// </summary>
    public static void AllowFilesOfAgents(this PipelineFunction function) =>
        function.Allow(["social-messaging:PostWhatsAppMessageMedia"], ThisAccount.Arn(function, "social-messaging", "phone-number-id/*"));

    /// <summary>Lets a function send answers, templates, read receipts and reactions from the numbers of this account.</summary>
    public static void AllowWhatsApp(this PipelineFunction function) =>
        function.Allow(["social-messaging:SendWhatsAppMessage"], ThisAccount.Arn(function, "social-messaging", "phone-number-id/*"));
}
