using WhatsAppBuffer.Permissions;

namespace EndToEnd.Tests;

/// <summary>What functions were seen to call against what docs/permissions.md says that they may; another test holds that against their policies.</summary>
internal static class Rights
{
    public static IReadOnlyList<Permission> Table { get; } = Permission.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "permissions.md")));

    /// <summary>Those that <c>scenario --rights</c> prints.</summary>
    public static IReadOnlyList<string> In(string output)
    {
        const string Marker = "right: ";
        return [.. output.Split('\n').Where(line => line.StartsWith(Marker, StringComparison.Ordinal)).Select(line => line[Marker.Length..].Trim())];
    }

    /// <summary>Fails for a call that no line of the table allows, and for a line that names this place and was not needed in it.</summary>
    public static void ShouldBeAllowedAndNeeded(IReadOnlyList<string> seen, string place)
    {
        string[] forbidden = [.. seen.Where(right => !Table.Any(permission => permission.Allows(right)))];
        Permission[] idle = [.. Table.Where(permission => permission.SeenIn == place && !seen.Any(permission.Allows))];

        Assert.True(forbidden.Length == 0, $"Called, but not allowed by docs/permissions.md:\n{string.Join('\n', forbidden)}");
        Assert.True(idle.Length == 0, $"docs/permissions.md says that {place} needs these, and it did not:\n{string.Join('\n', (object[])idle)}");
        Assert.NotEmpty(seen);
    }
}
