using System.Text.RegularExpressions;

namespace WhatsAppBuffer.Permissions;

/// <summary>A line of docs/permissions.md.</summary>
/// <param name="Function">Whose role has the right.</param>
/// <param name="Action">IAM's action.</param>
/// <param name="Resource">An ARN's end, in which <c>*</c> stands for ids.</param>
/// <param name="Who">Who calls.</param>
/// <param name="SeenIn">Where a call that needs it is made; empty for what passes no endpoint of the local cloud.</param>
internal sealed partial record Permission(string Function, string Action, string Resource, string Who, string SeenIn)
{
    public bool IsOnlyOfGuide => Who.EndsWith(", with wiring=guide", StringComparison.Ordinal);

    /// <summary>Whether a right that a call needed is this one.</summary>
    public bool Allows(string right) =>
        right.Split(' ') is [var function, var action, var resource] && function == Function && action == Action
        && Regex.IsMatch(resource, $"^{Regex.Escape(Resource).Replace(@"\*", ".*", StringComparison.Ordinal)}$");

    public override string ToString() => $"{Function} {Action} {Resource}";

    /// <param name="document">The text of docs/permissions.md.</param>
    /// <returns>The lines of its first table.</returns>
    public static IReadOnlyList<Permission> Read(string document) =>
    [
        .. document.Split('\n')
            .Select(line => line.Replace("`", "", StringComparison.Ordinal).Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 7 && cells[2].Contains(':', StringComparison.Ordinal))
            .Select(cells => new Permission(cells[1], cells[2], cells[3], cells[4], cells[5])),
    ];
}
