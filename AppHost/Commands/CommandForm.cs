using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WhatsAppBuffer.AppHost.Commands;

/// <summary>What the commands of a resource have in common: enabled while it is healthy, few arguments.</summary>
internal static class CommandForm
{
    public static CommandOptions Options(string description, string icon, bool isHighlighted, params InteractionInput[] inputs) => new()
    {
        Description = description,
        IconName = icon,
        IsHighlighted = isHighlighted,
        Arguments = inputs,
        UpdateState = context => context.ResourceSnapshot.HealthStatus == HealthStatus.Healthy ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
    };

    /// <summary>The same, asked for once more in the dashboard.</summary>
    public static CommandOptions Confirmed(CommandOptions options, string question)
    {
        options.ConfirmationMessage = question;
        return options;
    }

    /// <summary>The argument as a part of an address; empty when it was left empty or, by who runs the command in code, left out.</summary>
    public static string Argument(ExecuteCommandContext context, string name) =>
        Uri.EscapeDataString(context.Arguments.TryGetByName(name, out InteractionInput? input) ? input.Value ?? "" : "");
}
