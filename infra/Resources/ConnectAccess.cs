using WhatsAppBuffer.Infra.Settings;

namespace WhatsAppBuffer.Infra.Resources;

/// <summary>
/// What the event handler may do outside its own stack. Chats do not exist yet when the stack is deployed, nor do the numbers that customers
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

    /// <summary>Lets a function send read receipts and reactions from the numbers of this account.</summary>
    public static void AllowWhatsApp(this PipelineFunction function) =>
        function.Allow(["social-messaging:SendWhatsAppMessage"], ThisAccount.Arn(function, "social-messaging", "phone-number-id/*"));
}
