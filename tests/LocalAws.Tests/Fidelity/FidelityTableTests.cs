using System.Reflection;
using System.Text;
using LocalAws.Endpoint;
using LocalAws.Tests.Lambda.EventSourceMappings;

namespace LocalAws.Tests.Fidelity;

/// <summary>Writes docs/fidelity.md. Every row names a test that exists, because the compiler and this test look at it.</summary>
public sealed class FidelityTableTests
{
    private static readonly Assembly[] TestProjects = [typeof(FidelityTableTests).Assembly, typeof(RecordingTests).Assembly];

    private static IEnumerable<AwsRules> Services => [.. LambdaRules.All, .. DynamoDbRules.All, .. OtherRules.All];

    [Fact]
    public void The_table_in_docs_is_what_the_tests_say()
    {
        string file = Path.Combine(Checkout(), "docs", "fidelity.md");
        string now = Table();
        string before = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (before != now)
        {
            File.WriteAllText(file, now);
            Assert.Fail("docs/fidelity.md was out of date and has been written anew: look at it and commit it.");
        }
    }

    [Fact]
    public void Every_row_is_proved_by_a_test()
    {
        IEnumerable<(Type Test, string Method)> proofs = [.. Services.SelectMany(s => s.Rules).Select(r => (r.Test, r.Method)), .. Refusals.All.Select(r => (r.Test, r.Method))];
        Assert.All(proofs, p => Assert.NotNull(p.Test.GetMethod(p.Method)!.GetCustomAttribute<FactAttribute>()));
    }

    [Fact]
    public void Every_test_of_what_is_not_imitated_stands_behind_a_refusal_in_the_table()
    {
        IEnumerable<string> tests = TestProjects.SelectMany(project => project.GetTypes()).SelectMany(type => type.GetMethods())
            .Where(method => method.Name.Contains("not_imitated", StringComparison.Ordinal) && method.GetCustomAttribute<FactAttribute>() is not null && method.DeclaringType != typeof(FidelityTableTests))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}").Distinct();

        Assert.Empty(tests.Except(Refusals.All.Select(refusal => $"{refusal.Test.Name}.{refusal.Method}")));
    }

    private static string Table()
    {
        var text = new StringBuilder("""
            # What this local cloud imitates, and how it is proved

            Written by `FidelityTableTests`; do not edit. A test of the same name stands behind every row. "Recorded on AWS" means a recording of the
            real service, kept in `tests/Fixtures`; `./wab.cs fidelity --aws` does it again in your own account. The other sources are AWS's documentation as of November 2026.

            """.ReplaceLineEndings("\n"));
        foreach (AwsRules service in Services)
        {
            text.Append($"\n## {service.Service}\n\n| AWS … | Here | Source | Test |\n|---|---|---|---|\n");
            foreach (AwsRule rule in service.Rules)
            {
                text.Append($"| {rule.Aws} | {rule.We} | {rule.Source} | {Link(rule.Test, rule.Method)} |\n");
            }
        }

        text.Append("\n## Operations\n\nEvery other operation, and every other service, is refused by name in the protocol that its client speaks.\n\n| Service | Imitated |\n|---|---|\n");
        foreach (AwsService service in new LocalCloud().Endpoint.Services.OfType<AwsService>())
        {
            text.Append($"| {service.Name} | {string.Join(", ", service.Operations.Select(operation => operation.Name))} |\n");
        }

        text.Append("\n## Refused by name\n\nNothing is accepted and then ignored. AWS has these, the local cloud refuses them, and the error says so.\n\n| Service | What | Test |\n|---|---|---|\n");
        foreach (Refusal refusal in Refusals.All)
        {
            text.Append($"| {refusal.Service} | {refusal.Setting} | {Link(refusal.Test, refusal.Method)} |\n");
        }

        return text.ToString();
    }

    private static string Link(Type test, string method)
    {
        string checkout = Checkout();
        string file = Directory.EnumerateFiles(Path.Combine(checkout, "tests", test.Assembly.GetName().Name!), $"{test.Name}.cs", SearchOption.AllDirectories).Single();
        return $"[{method.Replace('_', ' ')}](../{Path.GetRelativePath(checkout, file).Replace('\\', '/')})";
    }

    private static string Checkout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "WhatsAppBuffer.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
