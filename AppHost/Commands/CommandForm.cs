using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WhatsAppBuffer.AppHost.Commands;

/// <summary>What the commands of a resource have in common: enabled while it is healthy, at most one argument.</summary>
internal static class CommandForm
{
    public static CommandOptions Options(string description, string icon, bool isHighlighted, InteractionInput? input = null, string? confirmation = null) => new()
    {
        Description = description,
        IconName = icon,
        IsHighlighted = isHighlighted,
        Arguments = input is null ? [] : [input],
        ConfirmationMessage = confirmation,
        UpdateState = context => context.ResourceSnapshot.HealthStatus == HealthStatus.Healthy ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
    };

    /// <summary>The argument as a part of an address; empty when it was left empty.</summary>
    public static string Argument(ExecuteCommandContext context, string name) => Uri.EscapeDataString(context.Arguments.GetString(name) ?? "");
}
