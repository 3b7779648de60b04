namespace App.Tests.Dashboard;

/// <summary>Stands in for a program that the dashboard is started or fetched with.</summary>
internal static class ShellScript
{
    public static void Write(string file, string script)
    {
        File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
